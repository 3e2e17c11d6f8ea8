# Everything CI runs. Sourced after common.sh and setup.sh.

run_tests() { # all|long|chromium|firefox
  local stories="story apps fill sign-in portal-choice bad-days"
  case "$1" in
    all) check_sources ;;
    long)
      check_sources
      stories="$stories interruptions"
      export MY_APPS_ROUNDS=50
      ;;
    chromium | firefox) export MY_APPS_BROWSERS=$1 ;;
    *) die "there is no browser '$1' to test in; choose chromium or firefox." ;;
  esac
  step "Building the portal and the sample apps" cargo build --locked -p my-apps-portal -p my-apps-samples
  if [ -n "${MY_APPS_BROWSERS:-}" ]; then
    build_extension all
  else
    package
    check_no_paths
    step "Building the packages once more, from another folder" check_reproducible
    say "▸ Linting the extension for Firefox"
    web-ext lint --source-dir "$ROOT/dist/firefox" --no-config-discovery --boring
  fi
  say "▸ Telling the stories in real browsers"
  # One at a time: two browsers at once would measure the machine. A story that fails is not tried again.
  # shellcheck disable=SC2046,SC2086 # lists of names
  (cd "$ROOT" && node --test --test-concurrency=1 --test-reporter=spec $(printf 'tests/e2e/%s.test.mjs ' $stories))
}

check_sources() {
  # Debian's packages for building Rust for the web bring no formatter.
  if cargo fmt --version >/dev/null 2>&1; then step "Checking the Rust sources' format" cargo fmt --all --check; fi
  step "Checking the Rust sources" cargo clippy --locked --workspace --all-targets -- -D warnings
  step "Checking the JavaScript" tsc --project "$ROOT/jsconfig.json"
  say "▸ Testing the core, the portal and the sample apps"
  cargo test --locked --workspace --quiet
}
