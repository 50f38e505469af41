# What the other scripts share. Sourced, not run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '%s\n' "$*"; }
stop() {
  printf '%s\n' "$*" >&2
  exit 1
}
has() { command -v "$1" >/dev/null 2>&1; }

# The folder that holds initdb and pg_ctl: newest version first. Empty when PostgreSQL is not installed.
postgres_programs() {
  local folder
  for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV) "$(dirname "$(command -v initdb || echo /nowhere/initdb)")"; do
    [ -x "$folder/initdb" ] && { echo "$folder"; return; }
  done
  return 0
}

chromium_program() {
  local name
  for name in chromium chromium-browser google-chrome; do
    has "$name" && { command -v "$name"; return; }
  done
  return 0
}
