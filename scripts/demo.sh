# The demo: a portal with demo data, sample apps, and a browser with the extension in it. Sourced after common.sh.

DEMO_PORTAL_PORT=${MY_APPS_PORTAL_PORT:-8080}
DEMO_SAMPLES_PORT=${MY_APPS_SAMPLES_PORT:-8081}
DEMO_DATA=$ROOT/demo-data

demo() {
  local portal samples
  step "Building the portal and the sample apps" cargo build --locked -p my-apps-portal -p my-apps-samples
  if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    need_browsers
    say "▸ There is no screen, so the story is played on an invisible one"
    MY_APPS_BROWSERS=${MY_APPS_BROWSERS:-chromium} node --test --test-reporter=spec "$ROOT/tests/e2e/story.test.mjs"
    say "The pictures of it are in target/pictures/:"
    ls "$ROOT/target/pictures"
    return 0
  fi
  mkdir -p "$DEMO_DATA"
  # Not what they said the time before.
  : >"$LOGS/samples.log"
  : >"$LOGS/portal.log"
  "$ROOT/target/debug/sample-apps" --listen "127.0.0.1:$DEMO_SAMPLES_PORT" >>"$LOGS/samples.log" 2>&1 &
  samples=$!
  "$ROOT/target/debug/my-apps-portal" serve --listen "127.0.0.1:$DEMO_PORTAL_PORT" --database "$DEMO_DATA/portal.db" \
    --key-file "$DEMO_DATA/portal.key" --demo-data --sample-apps "http://{name}.localhost:$DEMO_SAMPLES_PORT" >>"$LOGS/portal.log" 2>&1 &
  portal=$!
  # shellcheck disable=SC2064 # the numbers of now
  trap "kill $samples $portal 2>/dev/null" EXIT
  await_listening $samples "$LOGS/samples.log" "the sample apps"
  await_listening $portal "$LOGS/portal.log" "the portal"
  cat >&2 <<TEXT

  The portal is http://portal.localhost:$DEMO_PORTAL_PORT, its person is alex@contoso.example with the password portal-demo-1.

  1. Right-click the icon → My Apps URL → Other… and save http://portal.localhost:$DEMO_PORTAL_PORT
  2. Click the icon → Sign in
  3. Click the icon and open Contoso CRM; on its sign-in page click the icon again

  Close the browser, or press Ctrl+C here, to end the demo.

TEXT
  open_demo_browser
}

# Waits until a server says where it listens; if it ends instead, its own words say why.
await_listening() { # PID LOG WHAT
  until grep -q '^listening on ' "$2"; do
    kill -0 "$1" 2>/dev/null || { tail -n 3 "$2" >&2; die "$3 could not be started."; }
    sleep 0.1
  done
}

# Chromium if it is there, else Firefox; with a profile of its own that is thrown away.
open_demo_browser() {
  local profile
  profile=$(mktemp -d)
  if have chromium; then
    # As root (containers, mostly) Chromium runs without its sandbox or not at all.
    chromium --user-data-dir="$profile" --no-first-run --load-extension="$ROOT/dist/chrome" \
      --disable-features=DisableLoadExtensionCommandLineSwitch $(is_root && echo --no-sandbox) \
      "http://wiki.localhost:$DEMO_SAMPLES_PORT/" >"$LOGS/chromium.log" 2>&1 || true
  else
    web-ext run --source-dir "$ROOT/dist/firefox" --firefox "$(command -v firefox-esr || command -v firefox)" \
      --start-url "http://wiki.localhost:$DEMO_SAMPLES_PORT/" --no-config-discovery --no-reload >"$LOGS/firefox.log" 2>&1 || true
  fi
  rm -rf "$profile"
}

# A picture of every state of every page, for people to look at.
pictures() {
  step "Building the portal and the sample apps" cargo build --locked -p my-apps-portal -p my-apps-samples
  say "▸ Taking the pictures"
  node "$ROOT/tests/e2e/gallery.mjs"
}
