# Sourced by the scripts beside: starts a demo of its own and ends it with the script. Sets `url`, `token` and `folder` (temporary).
# `LYKTA_BIN` is the program to ask (a debug build otherwise).
if [ -z "${LYKTA_BIN:-}" ]; then
  cargo build --quiet
  LYKTA_BIN=${CARGO_TARGET_DIR:-target}/debug/lykta
fi
folder=$(mktemp -d)
server=""
stop() {
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$folder"
}
trap stop EXIT

token=interop-asks-as-planner
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
url=http://127.0.0.1:$port
LYKTA_OPERATOR_TOKEN=$token LYKTA_RATE_LIMIT=off LYKTA_TRUSTED_PROXIES=127.0.0.1 LYKTA_LOG=error \
  "$LYKTA_BIN" demo --listen "127.0.0.1:$port" --database "sqlite://$folder/lykta.db" >"$folder/server.log" 2>&1 &
server=$!
for _ in $(seq 600); do
  python3 -c "import urllib.request; urllib.request.urlopen('$url/readyz')" 2>/dev/null && break
  kill -0 "$server" || { cat "$folder/server.log"; exit 1; }
  sleep 0.5
done

# Debian packages that are needed: installed when root, named when not.
needs() {
  local missing=()
  for package in "$@"; do
    dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  if [ "$(id -u)" != 0 ]; then
    echo "This needs ${missing[*]}: sudo apt-get install --no-install-recommends ${missing[*]}" >&2
    exit 1
  fi
  apt-get update -qq >/dev/null
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# How many features a collection says it has: `matched COLLECTION [QUERY] [public]`.
matched() {
  python3 - "$url/ogc/collections/$1/items?limit=1&f=json${2:+&$2}" "${3:+}$([ "${3:-}" = public ] || echo "$token")" <<'PYTHON'
import json, sys, urllib.request
request = urllib.request.Request(sys.argv[1])
if sys.argv[2]:
    request.add_header("Authorization", f"Bearer {sys.argv[2]}")
print(json.load(urllib.request.urlopen(request))["numberMatched"])
PYTHON
}
