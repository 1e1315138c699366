# shellcheck shell=bash
# Sourced: installs packages from the source that was declared, and from no other. Expects
# PACKAGE_SOURCE, PACKAGE_ATTEMPTS and HELD_BACK of the settings.

missing_packages() {
  local package status
  for package in "$@"; do
    status=$(dpkg --status "$package" 2>/dev/null || true)
    case $status in
      *'Status: install ok installed'*) ;;
      *) printf '%s ' "$package" ;;
    esac
  done
}

apt() {
  # Another apt (a timer's, the agent's) may hold the lock; files that we placed stay as they are.
  DEBIAN_FRONTEND=noninteractive apt-get --quiet --yes --option DPkg::Lock::Timeout=300 \
    --option Acquire::Retries=3 --option Dpkg::Options::=--force-confold "$@"
}

# install_packages NAMES...: asks no one where every package is there already.
install_packages() {
  local missing attempt pause=5
  missing=$(missing_packages "$@")
  if [ -z "$missing" ]; then return 0; fi
  if [ "$PACKAGE_SOURCE" = image ]; then
    refuse "the image lacks these packages: $missing. The declared source of packages is the image," \
      "so nothing is fetched. Build them into the image, or declare a mirror, a firewall or the HTTP proxy."
  fi
  working "installing packages from source '$PACKAGE_SOURCE': $missing"
  for attempt in $(seq 1 "$PACKAGE_ATTEMPTS"); do
    say "installing from source '$PACKAGE_SOURCE' (attempt $attempt of $PACKAGE_ATTEMPTS): $missing"
    # shellcheck disable=SC2086 # a list of names without spaces
    if apt --error-on=any update && apt --no-install-recommends install $missing; then return 0; fi
    if [ "$attempt" -lt "$PACKAGE_ATTEMPTS" ]; then
      sleep "$pause"
      if [ "$pause" -lt 60 ]; then pause=$((pause * 2)); fi
    fi
  done
  fail "these packages could not be installed from source '$PACKAGE_SOURCE': $missing." \
    "The lines above are apt's own. Is the mirror reachable through the network security group?"
}

# What waits for a person: a reboot, and updates of packages that are updated by hand.
report_updates() {
  local seen=/var/lib/apt/lists held=$STATE_DIRECTORY/held-back
  if [ -e /run/reboot-required ]; then fact reboot_required yes; else fact reboot_required no; fi
  if [ "$PACKAGE_SOURCE" = image ] || [ -z "$HELD_BACK" ]; then return 0; fi
  # Asked again only when the lists of packages are newer.
  if [ ! -e "$held" ] || [ "$seen" -nt "$held" ]; then
    apt-get --quiet --simulate --no-download upgrade 2>/dev/null |
      awk -v held="^($HELD_BACK)" '$1 == "Inst" && $2 ~ held { printf "%s%s", sep, $2; sep = " " }' >"$held.new" || true
    mv --force "$held.new" "$held"
  fi
  fact updates_by_hand "$(cat "$held")"
}
