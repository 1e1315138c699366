# shellcheck shell=bash
# Sourced by the scripts beside it: words for the log, the state that monitoring reads, files that are replaced only
# when they differ. Expects SERVICE of the settings.

# Exit code for what a person has to decide.
readonly NEEDS_A_PERSON=78

STATE_DIRECTORY=/run/$SERVICE
STATUS=$STATE_DIRECTORY/status

say() {
  printf '%s %s\n' "$(date --utc +%Y-%m-%dT%H:%M:%SZ)" "$*"
}

state_now() {
  sed --quiet 's/^state=//p' "$STATUS" 2>/dev/null || true
}

# set_state STATE WORDS: what monitoring reads.
set_state() {
  local state=$1 words=$2
  install --directory --mode=755 "$STATE_DIRECTORY"
  {
    printf 'state=%s\n' "$state"
    printf 'message=%s\n' "$words"
    printf 'time=%s\n' "$(date --utc +%Y-%m-%dT%H:%M:%SZ)"
    if [ -s "$STATE_DIRECTORY/facts" ]; then cat "$STATE_DIRECTORY/facts"; fi
  } >"$STATUS.new"
  chmod 644 "$STATUS.new"
  mv --force "$STATUS.new" "$STATUS"
}

# working WORDS: a step that can take long. What was said of an earlier run stays until this one knows better.
working() {
  case $(state_now) in '' | working) set_state working "$*" ;; esac
}

# fact NAME VALUE: a line of the status, beside the state.
fact() {
  printf '%s=%s\n' "$1" "$2" >>"$STATE_DIRECTORY/facts"
}

# ready WORDS: said when it was not ready before.
ready() {
  if [ "$(state_now)" != ready ]; then say "$*"; fi
  set_state ready "$*"
}

# Ends the run; the timer starts it again.
fail() {
  say "FAILED: $*"
  set_state failed "$*"
  touch "$STATE_DIRECTORY/reason-given"
  exit 1
}

# Ends the run; only a person can help.
refuse() {
  say "REFUSED: $*"
  set_state refused "$*"
  touch "$STATE_DIRECTORY/reason-given"
  exit "$NEEDS_A_PERSON"
}

# Says which command failed, so that the log needs no second run to be understood.
say_what_failed() {
  local code=$1 line=$2 command=$3
  say "FAILED: '$command' ended with $code in $(basename "$0"), line $line"
  # A subshell may have given the reason already.
  if [ ! -e "$STATE_DIRECTORY/reason-given" ]; then set_state failed "'$command' ended with $code, line $line"; fi
}

systemd_runs() {
  [ -d /run/systemd/system ]
}

# tell_systemd ARGUMENTS...: systemctl, where systemd runs (not while an image is built).
tell_systemd() {
  if systemd_runs; then systemctl "$@"; fi
}

# Only root may ask the platform for tokens and certificates of the machine: no account of a service may.
close_metadata() {
  if ! systemd_runs; then return 0; fi
  if ! nft --file "$HERE/metadata.nft"; then fail "the metadata service could not be closed to other accounts than root"; fi
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

# run_logged LOG: runs main, one run at a time, and keeps what it says. The lock stays with this shell: a server
# that main starts would keep it for as long as it runs.
run_logged() {
  umask 022
  touch "$1"
  chmod 640 "$1"
  exec 9>"/run/lock/$SERVICE.lock"
  flock 9
  install --directory --mode=755 "$STATE_DIRECTORY"
  : >"$STATE_DIRECTORY/facts"
  rm --force "$STATE_DIRECTORY/reason-given"
  working "the run has begun"
  main 9>&- 2>&1 | tee --append "$1" 9>&-
}
