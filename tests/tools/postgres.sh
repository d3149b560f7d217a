#!/usr/bin/env bash
# Starts a private PostgreSQL server for tests in a temporary folder and prints its admin URL; `postgres.sh stop FOLDER` ends it.
# Arguments are settings of the server: `postgres.sh work_mem=256MB jit=off`.
# Nothing of the machine's own databases is touched. Data is not synced to disk: tests of durability use SQLite and the stress tier.
set -euo pipefail

as_user() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

bin() {
  local found
  found=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
  [ -n "$found" ] && [ -x "$found/initdb" ] || return 1
  printf '%s' "$found"
}

if [ "${1:-}" = stop ]; then
  as_user "$(bin)/pg_ctl" -D "$2/data" -m immediate -w stop >/dev/null 2>&1 || true
  rm -rf "$2"
  exit 0
fi

folder=$(mktemp -d "${TMPDIR:-/tmp}/lykta-pg.XXXXXX")
chmod 711 "$folder"
[ "$(id -u)" = 0 ] && chown postgres "$folder"
pg=$(bin)
settings=()
for setting in listen_addresses=127.0.0.1 max_connections=400 fsync=off full_page_writes=off shared_buffers=64MB "$@"; do
  settings+=(-c "$setting")
done
as_user "$pg/initdb" -D "$folder/data" -U lykta --auth=trust --no-sync -E UTF8 --locale=C.UTF-8 >"$folder.log" 2>&1 || { cat "$folder.log" >&2; exit 1; }
rm -f "$folder.log"
for _ in 1 2 3 4 5; do
  port=$((20000 + RANDOM % 20000))
  if as_user "$pg/pg_ctl" -D "$folder/data" -w -t 30 -l "$folder/server.log" \
    -o "-p $port -k $folder ${settings[*]}" start >/dev/null 2>&1; then
    printf 'postgres://lykta@127.0.0.1:%s/postgres %s\n' "$port" "$folder"
    exit 0
  fi
done
cat "$folder/server.log" >&2
exit 1
