#!/bin/bash
# Makes the machine a Linux server that can be added in Veeam: its account, its disk and its folder. Runs at every boot
# and every five minutes; a run that finds everything in place changes nothing.
# Sources: https://helpcenter.veeam.com/docs/vbr/userguide/hardened_repository_deploy.html (folder, single-use
# credentials, SSH off), https://helpcenter.veeam.com/docs/vbr/userguide/required_permissions.html (sudo)
set -Eeuo pipefail
shopt -s inherit_errexit

HERE=/usr/local/lib/veeam-linux-server
# shellcheck source=/dev/null
. "$HERE/settings"
# shellcheck source=/dev/null
. "$HERE/common.sh"
# shellcheck source=/dev/null
. "$HERE/packages.sh"
# shellcheck source=/dev/null
. "$HERE/data-disk.sh"

readonly SUDOERS=/etc/sudoers.d/90-veeam
SHUT_OUT=/var/lib/$SERVICE/shut-out

# Whether Veeam's data mover runs: from then on, Veeam connects to it with a certificate instead of SSH.
# Source: https://helpcenter.veeam.com/docs/vbr/userguide/services_and_components.html (page of 2025-11-26)
is_in_veeam() {
  systemd_runs && systemctl is-active --quiet veeamtransport.service
}

ensure_account() {
  if ! id "$ACCOUNT" >/dev/null 2>&1; then
    say "making the account $ACCOUNT"
    useradd --create-home --shell /bin/bash "$ACCOUNT"
  fi
}

# A key and no password; sudo asks for none.
let_veeam_in() {
  local home
  home=$(getent passwd "$ACCOUNT" | cut -d: -f6)
  install --directory --owner="$ACCOUNT" --group="$ACCOUNT" --mode=700 "$home/.ssh"
  replace_file "$HERE/authorized_keys" "$home/.ssh/authorized_keys" "$ACCOUNT:$ACCOUNT" 600 >/dev/null
  printf '%s ALL=(ALL) NOPASSWD: ALL\n' "$ACCOUNT" >"$HERE/sudoers"
  visudo --check --quiet --file="$HERE/sudoers"
  replace_file "$HERE/sudoers" "$SUDOERS" root:root 440 >/dev/null
}

# Removes the single-use credentials, so that the key is of no use to anyone who gets it later.
shut_out() {
  local home
  home=$(getent passwd "$ACCOUNT" | cut -d: -f6)
  if [ -e "$SUDOERS" ] || [ -e "$home/.ssh/authorized_keys" ]; then
    say "Veeam's data mover runs: $ACCOUNT loses its key and sudo, and SSH is off from now on"
    rm --force "$SUDOERS" "$home/.ssh/authorized_keys"
  fi
  install --directory --mode=755 "$(dirname "$SHUT_OUT")"
  touch "$SHUT_OUT"
  tell_systemd disable --quiet --now ssh.service ssh.socket
}

ensure_folder() {
  if [ -z "$FOLDER" ]; then return 0; fi
  if [ ! -d "$FOLDER" ]; then
    say "making the folder $FOLDER"
    install --directory --owner="$ACCOUNT" --group="$ACCOUNT" --mode=700 "$FOLDER"
  fi
  # On the disk of an earlier machine, the account's number may be another one.
  if [ "$(stat --format='%U %a' "$FOLDER")" != "$ACCOUNT 700" ]; then
    chown --recursive "$ACCOUNT:$ACCOUNT" "$FOLDER"
    chmod 700 "$FOLDER"
  fi
}

main() {
  trap 'say_what_failed $? $LINENO "$BASH_COMMAND"' ERR
  # shellcheck disable=SC2086 # a list of names without spaces
  install_packages $PACKAGES
  close_metadata
  ensure_account
  if [ -n "$FOLDER" ]; then prepare_data_disk; fi
  ensure_folder
  if [ "$SINGLE_USE" = yes ] && is_in_veeam; then
    shut_out
    fact in_veeam yes
  elif [ "$SINGLE_USE" = yes ] && [ -e "$SHUT_OUT" ]; then
    # Veeam's services may be down while they are updated; that lets nobody in again.
    fact in_veeam yes
  else
    let_veeam_in
  fi
  report_updates
  if [ -n "$FOLDER" ] && ! has_disk_space; then fail "the data disk is full. Make it larger, or remove backups in Veeam."; fi
  ready "the server is ready to be added in Veeam as $ACCOUNT"
}

run_logged /var/log/veeam-linux-server.log
