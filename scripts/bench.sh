# Speed and size beside named peers. Sourced after extension.sh, package.sh and setup.sh.

bench() { # [--json FILE]
  step "Building the portal and the sample apps" cargo build --locked -p my-apps-portal -p my-apps-samples
  package
  say "▸ Measuring; times are this machine's, ratios are the product's"
  # The module once more as it ships, with the names of its functions.
  # shellcheck disable=SC2046,SC2086 # lists of options
  node "$ROOT/tests/bench/bench.mjs" "$@" -- $WASM_FEATURES $(printf '%s\n' $WASM_OPTIONS | grep -v -e --strip-debug -e --minify)
}
