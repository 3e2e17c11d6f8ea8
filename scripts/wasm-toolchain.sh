# A Rust compiler that can build for wasm32-unknown-unknown, in this order:
#   1. the installed one already can;
#   2. rustup adds the target and the library's sources;
#   3. Debian's packages: the newest Rust it carries, with its sources, unpacked into the cache
#      (no root rights needed, nothing on the system changes), and the standard library built once from them.
# Sources are needed because the extension brings a standard library built for size; see STANDARD_LIBRARY.
# Sourced after common.sh. Leaves `WASM_TOOLCHAIN` (a folder to put first on PATH, or empty).

WASM_TARGET=wasm32-unknown-unknown
WASM_TOOLCHAIN=
WASM_MISSING="install it with 'rustup update && rustup target add $WASM_TARGET && rustup component add rust-src'."

# The extension's own standard library. The one that comes with a compiler is made for speed and for telling about panics;
# for a module that a popup loads it is the larger half. Built anew with these, the module loses a fifth:
#   immediate-abort     a panic stops the module at once; the console shows the trap and nothing of what was in hand
#   location, fmt-debug no names of files and types for messages that nobody will see
#   optimize_for_size   small algorithms for sorting and searching
# They are options of a compiler's preview and change with versions, hence the trial in target_works.
STANDARD_LIBRARY_FLAGS="-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none"
STANDARD_LIBRARY="-Z build-std=std,panic_abort -Z build-std-features=optimize_for_size"

target_installed() { # COMPILER
  [ -n "$(find "$("$1" --print sysroot 2>/dev/null)/lib/rustlib/$WASM_TARGET/lib" -name 'libcore-*.rlib' 2>/dev/null)" ]
}

sources_installed() { # COMPILER
  [ -e "$("$1" --print sysroot 2>/dev/null)/lib/rustlib/src/rust/library/std/Cargo.toml" ]
}

# Compiles an empty crate and asks for the options: what is installed may still be unusable.
target_works() { # COMPILER
  local work status=0
  sources_installed "$1" || return 1
  # shellcheck disable=SC2086 # a list of options
  RUSTC_BOOTSTRAP=1 "$1" $STANDARD_LIBRARY_FLAGS --target $WASM_TARGET --print cfg >/dev/null 2>&1 || return 1
  work=$(mktemp -d)
  printf '#![no_std]\n' >"$work/empty.rs"
  "$1" --target $WASM_TARGET --crate-type rlib -o "$work/empty.rlib" "$work/empty.rs" >/dev/null 2>&1 || status=1
  rm -rf "$work"
  return $status
}

find_wasm_toolchain() {
  if target_installed rustc && sources_installed rustc && target_works rustc; then WASM_TOOLCHAIN=; return 0; fi
  local candidate
  for candidate in "$CACHE"/rust-debian-*/bin; do
    if [ -x "$candidate/rustc" ] && target_installed "$candidate/rustc" && target_works "$candidate/rustc"; then WASM_TOOLCHAIN=$candidate; return 0; fi
  done
  return 1
}

install_wasm_toolchain() {
  find_wasm_toolchain && return 0
  if have rustup && { rustup target add $WASM_TARGET && rustup component add rust-src; } >"$LOGS/rustup-target.log" 2>&1; then
    find_wasm_toolchain && return 0
  fi
  is_debian || die "a Rust compiler for $WASM_TARGET with the standard library's sources is missing; $WASM_MISSING"
  step "Building Rust's standard library for WebAssembly from Debian's packages (about two minutes, once)" debian_wasm_toolchain
  find_wasm_toolchain || die "the Rust target $WASM_TARGET could not be built; $WASM_MISSING"
}

debian_wasm_toolchain() (
  set -euo pipefail
  apt-cache show rust-web-src >/dev/null 2>&1 || { is_root && apt-get update -qq; }
  version=$(apt-cache policy rustc-web | awk '$1 == "Candidate:" { print $2 }')
  [ -n "$version" ] && [ "$version" != "(none)" ] || { echo "apt offers no rustc-web"; exit 1; }
  final=$CACHE/rust-debian-$version
  root=$final.partial
  rm -rf "$root"
  mkdir -p "$root/packages" "$root/bin" "$root/empty/src"

  short=${version%%[+~-]*}                        # 1.96.0
  library=libstd-rust-web-${short%.*}             # libstd-rust-web-1.96
  llvm=$(apt-cache depends "$library" | awk '/Depends: libllvm/ { print $2; exit }')
  cd "$root/packages"
  # _apt may not be allowed to write here; apt then says so and downloads as the calling user.
  apt-get download "rustc-web=$version" "$library=$version" "libstd-rust-web-dev=$version" "rust-web-src=$version" "$llvm"
  for package in ./*.deb; do dpkg -x "$package" "$root"; done

  # Debian's compiler needs its own LLVM beside it. The name `rustc` is what cargo and wasm-pack look for.
  # The path is the final one: the folder is renamed when it is complete.
  libraries=usr/lib/$(dpkg-architecture -qDEB_HOST_MULTIARCH 2>/dev/null || gcc -dumpmachine)
  printf '#!/bin/sh\nhere=$(dirname "$(dirname "$(readlink -f "$0")")")\nLD_LIBRARY_PATH="$here/%s${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" exec "$here/usr/bin/rustc" "$@"\n' "$libraries" >"$root/bin/rustc"
  chmod +x "$root/bin/rustc"

  # WebAssembly is linked by rust-lld: rustup's, else Debian's lld under that name.
  host=$("$root/bin/rustc" -vV | awk '/^host:/ { print $2 }')
  linkers=$root/usr/lib/rustlib/$host/bin
  mkdir -p "$linkers"
  if [ ! -e "$linkers/rust-lld" ]; then
    linker=$(find "$(rustc --print sysroot)/lib/rustlib" -name rust-lld -type f 2>/dev/null | head -n 1)
    [ -n "$linker" ] || linker=$(find /usr/lib/llvm-*/bin -name lld 2>/dev/null | sort -V | tail -n 1)
    [ -n "$linker" ] || { echo "no lld was found; install the package lld"; exit 1; }
    ln -s "$linker" "$linkers/rust-lld"
  fi

  printf '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2021"\n[workspace]\n' >"$root/empty/Cargo.toml"
  printf '#![no_std]\n' >"$root/empty/src/lib.rs"
  cd "$root/empty"
  RUSTC="$root/bin/rustc" RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR="$root/empty/target" \
    cargo build --release -Z build-std=std,panic_abort,proc_macro --target $WASM_TARGET
  installed=$root/usr/lib/rustlib/$WASM_TARGET/lib
  mkdir -p "$installed"
  find target/$WASM_TARGET/release/deps -name '*.rlib' ! -name 'libempty-*' -exec cp {} "$installed/" \;
  rm -rf "$root/empty" "$root/packages" "$final"
  mv "$root" "$final"
)
