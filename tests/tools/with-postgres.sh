#!/usr/bin/env bash
# Runs a command with a private PostgreSQL server: `with-postgres.sh COMMAND…` sets LYKTA_TEST_POSTGRES for it.
set -euo pipefail
cd "$(dirname "$0")/../.."
tests/tools/needs.sh
read -r LYKTA_TEST_POSTGRES folder < <(tests/tools/postgres.sh)
export LYKTA_TEST_POSTGRES
trap 'tests/tools/postgres.sh stop "$folder"' EXIT
"$@"
