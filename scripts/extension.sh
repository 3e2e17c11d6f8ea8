# Builds the extension into dist/chrome, dist/edge and dist/firefox, loadable as they are.
# Sourced after common.sh, wasm-toolchain.sh and setup.sh.

# The modules of the extension: the worker's, the popup's, and that of the pages that are opened now and then; and three that are
# loaded beside them: the judge when a page is looked at, the search after the popup's first frame, and the links by the worker.
MODULES="worker popup desk judge finder links"
# Budgets in bytes, of each module. Raising one needs a sentence in the commit that says why.
WASM_BUDGET=$((200 * 1024))
WASM_GZIP_BUDGET=$((80 * 1024))
GLUE_BUDGET=$((32 * 1024))
# What rustc uses on this target; wasm-opt has to be told.
WASM_FEATURES="--enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext --enable-mutable-globals --enable-reference-types --enable-multivalue"
# Flattened first, so that every function's control flow is made anew (1 KB gzipped); a function with one caller is moved
# into it only if it is small, because huge functions compress worse (1.4 KB). The lowest kilobyte of the memory is the far
# end of the stack, where no value of ours lies, so the offset of a field may be part of the instruction that reads it
# (0.6 KB). What an instruction says about alignment is only a hint; the same one everywhere repeats better (0.1 KB). Not
# --traps-never-happen, which would take the bounds checks away.
WASM_OPTIONS="--low-memory-unused --flatten --rereloop -Oz --one-caller-inline-max-function-size=20 -Oz --dealign --strip-producers"
# The search is built for speed: its budget is the time of a keystroke.
WASM_FAST_OPTIONS="--low-memory-unused -O4 --strip-producers"
PACKAGES=$ROOT/target/wasm-package
SCRIPTS=$ROOT/target/scripts

build_extension() { # chrome|edge|firefox|all
  local browser browsers=$1
  case "$browsers" in
    all) browsers="chrome edge firefox" ;;
    chrome | edge | firefox) ;;
    *) die "there is no browser '$browsers'; choose chrome, edge or firefox." ;;
  esac
  find_wasm_toolchain || die "the WebAssembly toolchain is missing; run './build.sh setup'."
  local module
  for module in $MODULES; do
    step "Compiling the $module to WebAssembly" compile_module "$module"
    is_shrunk "$module" || step "Optimising the $module" shrink_wasm "$module"
    check_module "$module"
  done
  step "Preparing the scripts" plain_scripts
  for browser in $browsers; do assemble "$browser"; done
  say "dist/ holds the extension for: $browsers"
}

compile_module() { # MODULE
  case "$1" in
    worker | popup | desk) compile_wasm shell "$1" "$PACKAGES/$1" --features "$1" ;;
    *) WASM_PROFILE=wasm-fast compile_wasm "$1" "$1" "$PACKAGES/$1" ;;
  esac
}

compile_wasm() ( # CRATE NAME FOLDER [OPTION…]
  [ -z "$WASM_TOOLCHAIN" ] || PATH=$WASM_TOOLCHAIN:$PATH
  # The standard library is built for size, see wasm-toolchain.sh; its options need the compiler's preview mode.
  export RUSTC_BOOTSTRAP=1
  # No path of this machine in the module. The browser's values are kept in a list of the glue's: as references of WebAssembly's
  # own they cost the module 1 KB gzipped, and save the glue 0.25. Half of the usual stack, behind which the data lies: every
  # address of it is a byte shorter (1 KB, gzipped 0.15).
  export RUSTFLAGS="$STANDARD_LIBRARY_FLAGS -Ctarget-feature=-reference-types -Clink-arg=-zstack-size=524288 --remap-path-prefix=$ROOT=. --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=cargo ${RUSTFLAGS:-}"
  # A folder of its own: the other compiler and flags must not throw away the native builds.
  export CARGO_TARGET_DIR=$ROOT/target/wasm
  cd "$ROOT"
  # shellcheck disable=SC2086 # a list of options
  wasm-pack build "$1" --profile "${WASM_PROFILE:-wasm}" --target web --mode no-install --no-pack --no-typescript \
    --out-name "$2" --out-dir "$3" -- --locked $STANDARD_LIBRARY "${@:4}"
)

# The module and its glue, out of what wasm-pack made: shipped.wasm and shipped.js in its folder. The module with the names
# of its functions stays too, for whoever wants to know what it is made of.
shrink_wasm() { # MODULE
  local folder=$PACKAGES/$1 options=$WASM_OPTIONS
  [ "$1" != finder ] || options=$WASM_FAST_OPTIONS
  # shellcheck disable=SC2086 # a list of options
  wasm-opt $WASM_FEATURES $options -g "$folder/$1_bg.wasm" -o "$folder/named.wasm" &&
    wasm-opt $WASM_FEATURES --strip-debug "$folder/named.wasm" -o "$folder/nameless.wasm" &&
    node "$ROOT/scripts/order-functions.mjs" "$folder/nameless.wasm" >"$folder/ordered.wasm" &&
    wasm-opt $WASM_FEATURES --reorder-functions-by-name --strip-debug --minify-imports-and-exports-and-modules \
      "$folder/ordered.wasm" -o "$folder/shipped.wasm" >"$folder/names.json" &&
    node "$ROOT/scripts/shrink-glue.mjs" "$folder/$1.js" "$folder/names.json" >"$folder/shipped.js" &&
    shrunk_from "$1" >"$folder/shipped.from"
}

# Whether what is shipped was made of this very module, by these very steps: optimising takes longer than compiling.
is_shrunk() { # MODULE
  shrunk_from "$1" | cmp -s - "$PACKAGES/$1/shipped.from"
}

shrunk_from() ( # MODULE
  cd "$ROOT"
  sha256sum "$PACKAGES/$1/$1_bg.wasm" "$PACKAGES/$1/$1.js" scripts/extension.sh scripts/order-functions.mjs scripts/shrink-glue.mjs package-lock.json
)

check_module() { # MODULE
  local folder=$PACKAGES/$1 raw gzipped glue failed=
  raw=$(stat -c %s "$folder/shipped.wasm")
  gzipped=$(gzip -9 <"$folder/shipped.wasm" | wc -c)
  glue=$(stat -c %s "$folder/shipped.js")
  say "  $1: Wasm $raw bytes (at most $WASM_BUDGET), gzipped $gzipped (at most $WASM_GZIP_BUDGET), glue $glue (at most $GLUE_BUDGET)"
  [ "$raw" -le $WASM_BUDGET ] && [ "$gzipped" -le $WASM_GZIP_BUDGET ] && [ "$glue" -le $GLUE_BUDGET ] || failed=1
  [ -z "$failed" ] || die "the $1 is larger than its budget; see scripts/extension.sh."
  # What the module can ask of a browser, without going by path: a new power shows in a review.
  imports "$folder" | diff "$ROOT/scripts/wasm-imports/$1.txt" - >&2 ||
    die "the imports of the $1 changed; if they are meant, write what follows '>' into scripts/wasm-imports/$1.txt."
  ! grep -qE '\beval\(|new Function\b' "$folder/shipped.js" || die "the generated glue contains eval; the store would refuse it."
}

imports() { # FOLDER
  jq -r '.imports[][1]' "$1/names.json" | sed -E 's/_[0-9a-f]{16}$//' | LC_ALL=C sort -u
}

# Comments are for people who read the sources: they are a seventh of the page function, which goes to every page that is filled,
# and 13 KB of what is installed. Nothing else is changed, but that the page function becomes one function.
plain_scripts() (
  cd "$ROOT"
  rm -rf "$SCRIPTS"
  # shellcheck disable=SC2046 # names of ours, without blanks
  node_modules/.bin/tsc --allowJs --noCheck --removeComments --verbatimModuleSyntax --target esnext --module esnext \
    --moduleResolution bundler --rootDir extension --outDir "$SCRIPTS" $(find extension -name '*.js') &&
    node scripts/page-function.mjs "$SCRIPTS/page/form.js" >"$SCRIPTS/form.js" &&
    mv "$SCRIPTS/form.js" "$SCRIPTS/page/form.js"
)

assemble() { # BROWSER
  local browser=$1 out=$ROOT/dist/$1 module language
  rm -rf "$out.partial"
  mkdir -p "$out.partial/wasm"
  cp -r "$ROOT/extension/." "$SCRIPTS/." "$out.partial/"
  # Sources of the icons, types, and what is within the page function: not shipped.
  rm -rf "$out.partial"/icons/*.svg "$out.partial/page/messages.js" "$out.partial/page/form"
  # What is said in comments is for who reads the sources.
  find "$out.partial" -name '*.css' -exec perl -0pi -e 's!/\*.*?\*/\s*!!gs' {} +
  find "$out.partial" -name '*.html' -exec perl -0pi -e 's/<!--.*?-->\s*//gs' {} +
  # What is said about words and sentences is for translators.
  grep -v '^#' "$ROOT/extension/words.txt" >"$out.partial/words.txt"
  for language in "$out.partial"/_locales/*/messages.json; do
    jq --compact-output 'map_values({message})' "$language" >"$language.partial"
    mv "$language.partial" "$language"
  done
  for module in $MODULES; do
    cp "$PACKAGES/$module/shipped.js" "$out.partial/wasm/$module.js"
    cp "$PACKAGES/$module/shipped.wasm" "$out.partial/wasm/${module}_bg.wasm"
  done
  # Firefox reads a policy without a schema.
  [ "$browser" = firefox ] || cp "$ROOT/manifest/policy.json" "$out.partial/"
  jq -s --arg version "$(version)" '.[0] * .[1] | .version = $version' \
    "$ROOT/manifest/base.json" "$ROOT/manifest/$browser.json" >"$out.partial/manifest.json"
  rm -rf "$out"
  mv "$out.partial" "$out"
}
