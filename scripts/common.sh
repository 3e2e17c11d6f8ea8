# Shared by build.sh and the scripts beside it: where things are kept, and how we speak.
# Sourced, never run.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# Everything that is expensive to make and not part of the sources lives outside the tree.
CACHE=${MY_APPS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/my-apps-sign-in}
LOGS=$CACHE/logs
TOOLS=$CACHE/tools
mkdir -p "$LOGS"

# wasm-pack of this version builds the extension; wasm-bindgen-cli must equal the library in Cargo.lock.
WASM_PACK_VERSION=0.15.1
wasm_bindgen_version() {
  awk '$1 == "name" && $3 == "\"wasm-bindgen\"" { getline; gsub(/"/, "", $3); print $3; exit }' "$ROOT/Cargo.lock"
}

# The product's version, for manifests and packages.
version() { awk -F'"' '/^version = / { print $2; exit }' "$ROOT/Cargo.toml"; }

say() { printf '%s\n' "$*" >&2; }
die() { say "build.sh: $*"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }
is_root() { [ "$(id -u)" = 0 ]; }
is_debian() { have apt-get && have dpkg-query; }

# step TITLE COMMAND…: runs a long command into a log, shows that it is alive, and shows the log when it fails.
step() {
  local title=$1 started=$SECONDS log ticker status=0
  shift
  log=$LOGS/$(printf '%s' "$title" | tr -cs '[:alnum:]' '-' | tr '[:upper:]' '[:lower:]').log
  say "▸ $title"
  # A line a minute, so that a long step is never mistaken for a hang.
  ( while sleep 60; do say "  … still at it ($((SECONDS - started)) s): $(tail -n 1 "$log" 2>/dev/null | cut -c1-100)"; done ) &
  ticker=$!
  "$@" >"$log" 2>&1 || status=$?
  { kill "$ticker" && wait "$ticker"; } 2>/dev/null || true
  if [ "$status" -ne 0 ]; then
    tail -n 60 "$log" >&2
    die "\"$title\" failed; the whole log is $log"
  fi
  [ $((SECONDS - started)) -lt 5 ] || say "  done in $((SECONDS - started)) s"
}

# Tools that setup put into the cache come first on PATH, in every command.
if [ -d "$TOOLS/node/node_modules/node/bin" ]; then PATH=$TOOLS/node/node_modules/node/bin:$PATH; fi
PATH=$TOOLS/bin:$ROOT/node_modules/.bin:$PATH
export PATH
