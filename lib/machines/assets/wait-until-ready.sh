#!/bin/bash
# The last command of the first boot: cloud-init reports what this ends with, and the serial console shows it. The
# service goes on by itself, whatever this says.
set -euo pipefail

HERE=$(dirname "$(readlink --canonicalize "$0")")
# shellcheck source=/dev/null
. "$HERE/settings"
# shellcheck source=/dev/null
. "$HERE/common.sh"

waited=0
while [ "$waited" -lt "$READY_PATIENCE_SECONDS" ]; do
  case $(state_now) in
    ready) exit 0 ;;
    refused) break ;;
  esac
  sleep 2
  waited=$((waited + 2))
done
say "NOT READY after $waited seconds: $SERVICE is '$(state_now)': $(sed --quiet 's/^message=//p' "$STATUS" || true)"
say "It is tried again every five minutes. Look at: systemctl status $SERVICE; cat $STATUS /var/log/$SERVICE.log"
exit 1
