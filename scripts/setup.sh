# Installs what building and testing need: by package name, once, and nothing twice.
# Sourced after common.sh and wasm-toolchain.sh.

# Debian package → a file or command that shows it is there already (so other systems pass without dpkg).
BUILD_PACKAGES="gcc libc6-dev pkg-config jq zip unzip advancecomp ca-certificates"
BROWSER_PACKAGES="chromium firefox-esr openssl xvfb xauth xdotool imagemagick dbus dbus-x11 at-spi2-core gir1.2-atspi-2.0 python3-gi fonts-dejavu-core fonts-noto-core fonts-noto-cjk"

missing_packages() {
  local package
  for package in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || printf '%s ' "$package"
  done
}

install_packages() { # TITLE PACKAGE…
  local title=$1 missing
  shift
  missing=$(missing_packages "$@")
  [ -n "$missing" ] || return 0
  is_root || die "these Debian packages are missing: $missing; install them with 'sudo apt-get install $missing'."
  # shellcheck disable=SC2086 # a list of names
  step "$title: $missing" sh -c "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing"
}

system_packages() {
  if is_debian; then
    install_packages "Installing" $BUILD_PACKAGES
    have node || install_packages "Installing Node.js" nodejs npm
    have npm || install_packages "Installing npm" npm
    have cargo || install_packages "Installing Rust" cargo-web rustc-web lld-19
    install_packages "Installing browsers and what drives them" $BROWSER_PACKAGES
  else
    local tool missing=
    for tool in cc cargo node npm jq zip unzip advzip; do have "$tool" || missing="$missing $tool"; done
    [ -z "$missing" ] || die "please install:$missing (Rust from https://rustup.rs, Node.js 20 or newer); setup installs them by itself on Debian 12 only."
  fi
}

# What tells stories. Debian has all of it by now; elsewhere it is named before anything is built for nothing.
need_browsers() {
  local tool missing=
  for tool in /usr/bin/chromium /usr/bin/firefox-esr Xvfb xdotool import dbus-daemon /usr/libexec/at-spi-bus-launcher openssl python3; do
    have "$tool" || missing="$missing $tool"
  done
  [ -z "$missing" ] || die "to drive browsers these are missing:$missing; setup installs them by itself on Debian 12 only."
}

# The test tools want Node 20; Debian 12 has 18. The npm package `node` carries the program itself.
modern_node() {
  [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] && return 0
  step "Installing Node.js 22 from npm" npm install --no-save --prefix "$TOOLS/node" node@22
  PATH=$TOOLS/node/node_modules/node/bin:$PATH
  [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || die "Node.js 20 or newer is needed; please install it."
}

cargo_tool() { # CRATE VERSION COMMAND
  [ "$("$TOOLS/bin/$3" --version 2>/dev/null | awk '{ print $2 }')" = "$2" ] && return 0
  step "Building $1 $2 (some minutes, once)" cargo install "$1" --version "$2" --locked --force --root "$TOOLS"
}

node_packages() {
  local stamp
  stamp=$(cat "$ROOT/package.json" "$ROOT/package-lock.json" | sha256sum | cut -d' ' -f1)
  [ "$(cat "$ROOT/node_modules/.stamp" 2>/dev/null)" = "$stamp" ] && return 0
  # --ignore-scripts: no package may fetch a browser or run anything at installation.
  step "Installing Node packages" npm ci --prefix "$ROOT" --ignore-scripts --no-audit --no-fund
  printf '%s' "$stamp" >"$ROOT/node_modules/.stamp"
}

setup() {
  system_packages
  modern_node
  install_wasm_toolchain
  cargo_tool wasm-pack "$WASM_PACK_VERSION" wasm-pack
  cargo_tool wasm-bindgen-cli "$(wasm_bindgen_version)" wasm-bindgen
  node_packages
}
