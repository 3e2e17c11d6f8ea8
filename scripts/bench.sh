# Speed and size beside named peers, and the judgement of forms. Sourced after extension.sh, package.sh and setup.sh.

bench() { # [forms … | search … | popup] [--json FILE]
  if [ "${1:-}" = search ]; then
    bench_search "${@:2}"
    return
  fi
  if [ "${1:-}" = forms ]; then
    bench_forms "${@:2}"
    return
  fi
  need_browsers
  step "Building the portal and the sample apps" cargo build --locked -p my-apps-portal -p my-apps-samples
  if [ "${1:-}" = popup ]; then
    build_extension all
    say "▸ Measuring the menu; times are this machine's, ratios are the product's"
    measure menu.mjs "${@:2}"
    return
  fi
  package
  say "▸ Measuring; times are this machine's, ratios are the product's"
  measure bench.mjs "$@"
}

# Where the command was given, so that the files it names are read and written there.
measure() { # SCRIPT, and its own arguments
  (cd "$CALLED_FROM" && node "$ROOT/tests/bench/$1" "${@:2}")
}

bench_forms() { # [FOLDER] [--json FILE] [--details FILE] [--folds] [--strict] [--save FILE | --from FILE]
  find_wasm_toolchain || die "the WebAssembly toolchain is missing; run './build.sh setup'."
  step "Compiling the core for the bench" compile_planner
  say "▸ Looking at pages"
  measure forms/main.mjs "$@"
}

bench_search() { # [--catalogue FILE] [--queries FILE] [--json FILE] [--only NAME,…]
  find_wasm_toolchain || die "the WebAssembly toolchain is missing; run './build.sh setup'."
  step "Compiling the finder to WebAssembly" compile_module finder
  step "Optimising the finder" shrink_wasm finder
  say "▸ Searching"
  measure search/main.mjs "$@"
}

# The core as the extension has it, behind a door of its own: the shipped module has none for a bench.
PLANNER=$ROOT/target/bench-planner
compile_planner() {
  # shellcheck disable=SC2086 # a list of options
  WASM_PROFILE=wasm-fast compile_wasm tests/bench/planner planner "$PLANNER" &&
    wasm-opt $WASM_FEATURES $WASM_OPTIONS "$PLANNER/planner_bg.wasm" -o "$PLANNER/planner.wasm"
}
