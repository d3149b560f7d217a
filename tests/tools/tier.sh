#!/usr/bin/env bash
# `make test`: everything that decides whether a change may land. Prints what it ran and what it left out.
set -euo pipefail
cd "$(dirname "$0")/../.."

log=$(mktemp)
step() {
  local name=$1 started=$SECONDS
  shift
  printf '\n== %s\n' "$name"
  "$@" 2>&1 | tee -a "$log"
  printf -- '-- %s: %d s\n' "$name" $((SECONDS - started))
  ran+=("$name")
}
ran=()
pg_folder=""
cleanup() {
  [ -n "$pg_folder" ] && tests/tools/postgres.sh stop "$pg_folder"
  rm -f "$log"
}
trap cleanup EXIT

step "what is needed" tests/tools/needs.sh
step "npm packages" npm --prefix web ci --no-audit --no-fund --loglevel=error
step "web: types" npm --prefix web run --silent check
step "web: unit tests" npm --prefix web run --silent test
step "web: build" npm --prefix web run --silent build
step "format" cargo fmt --check
step "lints" cargo clippy --quiet --all-targets -- -D warnings
if [ "${LYKTA_TEST_DB:-}" != sqlite ]; then
  read -r LYKTA_TEST_POSTGRES pg_folder < <(tests/tools/postgres.sh)
  export LYKTA_TEST_POSTGRES
fi
step "Rust on SQLite and PostgreSQL" cargo test --quiet --lib --bins --test it
LYKTA_BIN=$(pwd)/target/debug/lykta
[ -n "${CARGO_TARGET_DIR:-}" ] && LYKTA_BIN=$CARGO_TARGET_DIR/debug/lykta
export LYKTA_BIN
step "browser stories" npm --prefix web run --silent e2e

# Each runner's own closing line: vitest's tests, cargo's results, Playwright's stories.
passed=$(sed 's/\x1b\[[0-9;]*m//g' "$log" | grep -E '^ *Tests +|^test result: ok|^ +[0-9]+ passed \(' | grep -oE '[0-9]+ passed' | awk '{n += $1} END {print n + 0}')
left_out=$(grep -oE 'SKIPPED: .*' "$log" | sort | uniq -c || true)
skipped=$(printf '%s\n' "$left_out" | grep -c SKIPPED || true)
printf '\nRan: %s\n' "$(IFS=,; echo "${ran[*]}" | sed 's/,/, /g')"
[ "$skipped" -gt 0 ] && printf 'Left out:\n%s\n' "$left_out"
printf '%d passed, 0 failed, %d skipped\n' "$passed" "$skipped"
