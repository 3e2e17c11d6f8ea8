# Looks for a page that makes the core plan something it must not, or stop. Sourced after common.sh.

# Every branch counts what runs through it, and comparisons tell the fuzzer what they wait for.
FUZZ_FLAGS="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares -Zsanitizer=address -Ccodegen-units=1"

fuzz() { # [SECONDS]
  local seconds=${1:-600} corpus=$ROOT/target/fuzz/corpus found=$ROOT/target/fuzz/found host
  [[ $seconds =~ ^[0-9]+$ ]] || die "'$seconds' is no number of seconds; './build.sh fuzz 600' runs ten minutes."
  have c++ || die "a C++ compiler is missing, which the fuzzer is built with; install g++ or clang."
  host=$(rustc -vV | awk '/^host:/ { print $2 }')
  step "Building the fuzz target" build_fuzz_target "$host"
  mkdir -p "$corpus" "$found"
  say "▸ Trying pages for $seconds seconds; what is found lies in $found"
  "$ROOT/target/fuzz/$host/release/plan" "$corpus" "$ROOT/tests/fixtures/forms" -max_total_time="$seconds" -max_len=65536 -timeout=10 \
    -rss_limit_mb=4096 -artifact_prefix="$found/" -print_final_stats=1 ||
    die "a page was found that breaks a promise; it lies in $found. 'target/fuzz/$host/release/plan FILE' tries it again."
}

build_fuzz_target() ( # HOST
  # Sanitizers are options of a compiler's preview. The target is named, so that build scripts are built without them.
  export RUSTC_BOOTSTRAP=1 RUSTFLAGS="$FUZZ_FLAGS" CARGO_TARGET_DIR=$ROOT/target/fuzz
  cargo build --locked --release --manifest-path "$ROOT/fuzz/Cargo.toml" --target "$1"
)
