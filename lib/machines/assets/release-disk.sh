#!/bin/bash
# Stops the server and lets the data disk go, before this machine is replaced: the disk is then detached from nothing
# that runs. A reboot, or "systemctl start veeam-postgresql.timer", brings everything back.
set -euo pipefail

HERE=$(dirname "$(readlink --canonicalize "$0")")
# shellcheck source=/dev/null
. "$HERE/settings"
# shellcheck source=/dev/null
. "$HERE/common.sh"

tell_systemd stop "$SERVICE.timer" "$SERVICE.service"
if pg_ctlcluster "$POSTGRESQL_VERSION" veeam status >/dev/null 2>&1; then
  pg_ctlcluster "$POSTGRESQL_VERSION" veeam stop --mode fast
fi
if mountpoint --quiet "$DATA_DISK_MOUNT"; then umount "$DATA_DISK_MOUNT"; fi
set_state released "the data disk is not in use: the machine can be replaced"
say "the server is stopped and the data disk is not in use: the machine can be replaced"
