# Packs the extension for the browsers' stores: packages/my-apps-sign-in-VERSION-BROWSER.zip.
# Sourced after extension.sh.

# What a store shows as the download. Half of it are the modules, each of which brings what it needs of the core, so that no page
# loads more than that; 150 KB are the sentences in 22 languages.
PACKAGE_BUDGET=$((525 * 1024))

package() {
  build_extension all
  mkdir -p "$ROOT/packages"
  local browser file
  for browser in chrome edge firefox; do
    file=$ROOT/packages/my-apps-sign-in-$(version)-$browser.zip
    pack "$browser" "$file"
    [ "$(stat -c %s "$file")" -le $PACKAGE_BUDGET ] || die "$file is larger than $PACKAGE_BUDGET bytes."
    say "  $(stat -c %s "$file") bytes  $(sha256sum "$file" | cut -c1-16)…  ${file#"$ROOT"/}"
  done
}

# Byte for byte the same from the same sources: names in order, no owner, no time of the build.
pack() ( # BROWSER FILE
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  cp -r "$ROOT/dist/$1/." "$work/"
  # `key` gives an unpacked extension the id it has in the store; the store refuses it in an upload.
  jq 'del(.key)' "$ROOT/dist/$1/manifest.json" >"$work/manifest.json"
  # A zip holds the time of day without a zone.
  find "$work" -exec env TZ=UTC touch -d '1980-01-01 00:00:00' {} +
  rm -f "$2"
  cd "$work"
  find . -type f -printf '%P\n' | LC_ALL=C sort | TZ=UTC zip -q -X -9 -@ "$2"
  # The same format, searched for longer: 20 KB less for everyone who installs it.
  TZ=UTC advzip --recompress --shrink-extra --keep-file-time --quiet "$2"
)

# That the packages are the same when they are built once more, from another folder. Known of these very sources, it is not
# tried again.
check_reproducible() {
  local known
  known=$CACHE/reproducible/$( (cd "$ROOT" && git ls-files -z --cached --others --exclude-standard -- $PACKAGED | xargs -0 sha256sum) | sha256sum | cut -c1-32)
  [ ! -e "$known" ] || return 0
  step "Building the packages once more, from another folder" build_elsewhere
  mkdir -p "${known%/*}"
  : >"$known"
}

# What the packages are made of, and with.
PACKAGED="extension manifest shell judge finder links src scripts build.sh Cargo.toml Cargo.lock package-lock.json"

build_elsewhere() (
  copy=$(mktemp -d)
  trap 'rm -rf "$copy"' EXIT
  git -C "$ROOT" ls-files -z --cached --others --exclude-standard | (cd "$ROOT" && xargs -0 cp --parents -t "$copy")
  ln -s "$ROOT/node_modules" "$copy/node_modules"
  "$copy/build.sh" package || exit 1
  for file in "$ROOT"/packages/*"$(version)"*.zip; do
    cmp "$file" "$copy/packages/$(basename "$file")" || exit 1
  done
)

# A path of the machine that built it tells about that machine, and makes every build another.
check_no_paths() {
  local place
  for place in "$ROOT" "$HOME" "${CARGO_HOME:-$HOME/.cargo}" /usr/lib/rustlib /rustc/; do
    ! grep -qaF "$place" "$ROOT"/dist/chrome/wasm/* || die "the module holds the path $place."
  done
}
