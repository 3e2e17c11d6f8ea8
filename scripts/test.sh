# Everything CI runs. Sourced after common.sh and setup.sh.

run_tests() { # all|long|chromium|firefox
  local stories="story menu settings policy entra apps fill flows teach listeners sign-in languages portal-choice portal-pages links bad-days interruptions attacks"
  export MY_APPS_ROUNDS=5
  case "$1" in
    all) check_sources ;;
    long)
      check_sources
      # What the stories are told with.
      stories="driver/driver driver/cleanup $stories"
      export MY_APPS_ROUNDS=50 MY_APPS_SIGN_INS=50
      ;;
    chromium | firefox) export MY_APPS_BROWSERS=$1 ;;
    *) die "there is no browser '$1' to test in; choose chromium or firefox." ;;
  esac
  if [ -n "${MY_APPS_BROWSERS:-}" ]; then
    # Where everything is tested, the tests have built them already, with the tests' own choice of features.
    step "Building the portal and the sample apps" cargo build --locked -p my-apps-portal -p my-apps-samples
    build_extension all
  else
    package
    check_no_paths
    check_reproducible
    say "▸ Linting the extension for Firefox"
    web-ext lint --source-dir "$ROOT/dist/firefox" --no-config-discovery --boring
  fi
  if [ "${MY_APPS_BROWSERS:-chromium}" != firefox ]; then
    bench_forms --strict
    bench_search --only ours
  fi
  say "▸ Telling the stories in real browsers"
  # shellcheck disable=SC2086 # a list of names
  tell $stories
  [ "$1" != long ] || tell_again_and_again
}

# One at a time: two browsers at once would measure the machine. A story that fails is not tried again. All are told by one
# process, so that most of them share a browser: to start one takes longer than many a story.
tell() { # STORY…
  printf 'import "./tests/e2e/%s.test.mjs";\n' "$@" | (cd "$ROOT" && node --test-reporter=spec --input-type=module -)
}

# The main job, twenty times in a row in each browser: who uses this forty times a day sees what fails once in twenty.
tell_again_and_again() {
  local time
  for time in $(seq 20); do
    say "▸ The main job, for the ${time}. time of 20"
    tell story
  done
}

check_sources() {
  # Debian's packages for building Rust for the web bring no formatter.
  if cargo fmt --version >/dev/null 2>&1; then step "Checking the Rust sources' format" cargo fmt --all --check; fi
  step "Checking the Rust sources" cargo clippy --locked --workspace --all-targets -- -D warnings
  step "Checking the JavaScript" tsc --project "$ROOT/jsconfig.json"
  step "Checking the administrative templates" node "$ROOT/scripts/policy-templates.mjs" --check
  say "▸ Testing the core, the portal and the sample apps"
  cargo test --locked --workspace --quiet
}
