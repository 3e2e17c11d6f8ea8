# Speed and size beside named peers. Sourced after extension.sh, package.sh and setup.sh.

bench() { # [--json FILE]
  step "Building the portal and the sample apps" cargo build --locked -p my-apps-portal -p my-apps-samples
  package
  say "▸ Measuring; times are this machine's, ratios are the product's"
  node "$ROOT/tests/bench/bench.mjs" "$@"
}
