/** What every script on a machine uses: words for the log, and files that are replaced only when they differ. */
export const COMMON_SH = String.raw`# shellcheck shell=bash
# Sourced by the scripts beside it.

# Exit code for what a person has to decide: systemd does not try again.
readonly NEEDS_A_PERSON=78

say() {
  printf '%s %s\n' "$(date --utc +%Y-%m-%dT%H:%M:%SZ)" "$*"
}

# Ends the run; systemd starts it again later.
fail() {
  say "FAILED: $*"
  exit 1
}

# Ends the run; only a person can go on.
refuse() {
  say "REFUSED: $*"
  exit "$NEEDS_A_PERSON"
}

# Says which command failed, so that the log needs no second run to be understood.
say_what_failed() {
  local code=$1 line=$2 command=$3
  say "FAILED: '$command' ended with $code in $(basename "$0"), line $line"
}

systemd_runs() {
  [ -d /run/systemd/system ]
}

# tell_systemd ARGUMENTS...: systemctl, where systemd runs (not while an image is built).
tell_systemd() {
  if systemd_runs; then systemctl "$@"; fi
}

# replace_file SOURCE TARGET OWNER:GROUP MODE: prints "changed" when the target was not the same already.
replace_file() {
  local source=$1 target=$2 owner=$3 mode=$4
  if [ -f "$target" ] && cmp --quiet "$source" "$target"; then
    chown "$owner" "$target"
    chmod "$mode" "$target"
    return 0
  fi
  install --owner="$(printf '%s' "$owner" | cut -d: -f1)" --group="$(printf '%s' "$owner" | cut -d: -f2)" \
    --mode="$mode" "$source" "$target.new"
  mv --force "$target.new" "$target"
  printf 'changed'
}

# run_logged NAME LOG: runs main, one run at a time, and keeps what it says. The lock stays with this shell: a server
# that main starts would keep it for as long as it runs.
run_logged() {
  umask 022
  touch "$2"
  chmod 640 "$2"
  exec 9>"/run/lock/$1.lock"
  flock 9
  main 9>&- 2>&1 | tee --append "$2" 9>&-
}
`;
