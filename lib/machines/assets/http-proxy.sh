#!/bin/bash
# Makes the machine the HTTP proxy that its settings describe. Runs at every boot and every five minutes; a run that
# finds everything in place changes nothing.
set -Eeuo pipefail
shopt -s inherit_errexit

HERE=/usr/local/lib/veeam-http-proxy
# shellcheck source=/dev/null
. "$HERE/settings"
# shellcheck source=/dev/null
. "$HERE/common.sh"
# shellcheck source=/dev/null
. "$HERE/packages.sh"

readonly CONFIG=/etc/squid/veeam.conf
readonly SQUID_LOGS=/var/log/veeam-http-proxy

main() {
  local changed said
  trap 'say_what_failed $? $LINENO "$BASH_COMMAND"' ERR
  # shellcheck disable=SC2086 # a list of names without spaces
  install_packages $PACKAGES
  close_metadata
  install --directory --owner=proxy --group=proxy --mode=750 "$SQUID_LOGS"
  if ! said=$(squid -k parse -f "$HERE/squid.conf" 2>&1); then
    fail "squid does not understand its configuration: $said"
  fi
  changed=$(replace_file "$HERE/squid.conf" "$CONFIG" root:root 644)
  tell_systemd daemon-reload
  tell_systemd enable --quiet squid.service
  if [ -n "$changed" ]; then
    say "the configuration changed: squid takes it in"
    tell_systemd restart squid.service
  else
    tell_systemd start squid.service
  fi
  report_updates
  ready "the HTTP proxy is ready on port $PROXY_PORT"
}

run_logged /var/log/veeam-http-proxy.log
