#!/usr/bin/env bash
# The one door.
#
#   ./build.sh demo                        everything from nothing: installs what is missing, builds, starts a portal with
#                                          sample apps, and opens a browser with the extension in it
#   ./build.sh test [chromium|firefox]     everything CI runs; with a browser's name, what is tested in that browser
#   ./build.sh test long                   the same, with every interruption tried 50 times instead of 5, 50 sign-ins to each app, the
#                                          attacks whose moment is up to chance a thousand times, the main job 20 times in a
#                                          row, and the driver's own tests
#   ./build.sh build [chrome|edge|firefox] the extension, ready to load, in dist/
#   ./build.sh bench [--json FILE]         speed and size beside named peers, as a table
#   ./build.sh bench forms [FOLDER]        how pages are judged, beside their labels; see tests/bench/forms/main.mjs
#   ./build.sh bench popup                 the menu with 1,000 and 10,000 apps: first name, letters, memory
#   ./build.sh bench search                search beside its peers, quality and speed; see tests/bench/search/main.mjs
#   ./build.sh fuzz [SECONDS]              pages that nobody would write, for ten minutes: none may break a promise
#   ./build.sh pictures                    every state of every page, in both browsers and several languages, to be looked at:
#                                          in target/gallery
#   ./build.sh package                     the same as zip files for the browsers' stores, in packages/
#   ./build.sh setup                       installs what building and testing need, and nothing twice
#   ./build.sh help                        this text
#
# Extension, portal and tests need no account, no key and no configuration.
set -euo pipefail
CALLED_FROM=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")"
. scripts/common.sh
. scripts/wasm-toolchain.sh
. scripts/setup.sh
. scripts/extension.sh
. scripts/package.sh
. scripts/demo.sh
. scripts/test.sh
. scripts/bench.sh
. scripts/fuzz.sh

case "${1:-help}" in
  setup) setup && say "Everything is installed." ;;
  build) setup && build_extension "${2:-all}" ;;
  package) setup && package ;;
  demo) setup && build_extension all && demo ;;
  test) setup && need_browsers && run_tests "${2:-all}" ;;
  pictures) setup && need_browsers && build_extension all && pictures ;;
  fuzz) fuzz "${2:-}" ;;
  bench) setup && bench "${@:2}" ;;
  help | -h | --help) sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' build.sh ;;
  *) die "there is no command '$1'; './build.sh help' lists them." ;;
esac
