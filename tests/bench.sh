#!/usr/bin/env bash
# Measures the portal on this machine and prints one table: what | ours | reference | ratio.
#   tests/bench.sh [first-page] [planning] [inventory] [scale] [evidence] [inbox] [presence] [team] [pages] [message-copy] [verification] [file-copy] [memory]      without arguments: all
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 ASPNETCORE_ENVIRONMENT=Development
portal=src/MigrationPortal/bin/Release/net10.0/MigrationPortal.dll
work=$(mktemp -d)
chmod 711 "$work"
running=
failed=0
finish() {
  [ -n "$running" ] && kill -TERM "$running" 2>/dev/null && wait "$running" || true
  rm -rf "$work"
}
trap finish EXIT

src/postgresql.sh
dotnet build src/MigrationPortal -c Release -v quiet >/dev/null
dotnet build tests/MigrationPortal.Bench -c Release -v quiet >/dev/null

row() { printf '| %-42s | %16s | %16s | %8s |\n' "$@"; }
seconds() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f s", b - a }'; }
ratio() { awk -v a="${1% *}" -v b="${2% *}" 'BEGIN { printf "%.2f", a / b }'; }

# From the start of the process to the first page in hand; the reference is the longest that is promised.
first_page() {
  local port=$((20000 + RANDOM % 20000)) begin end
  begin=$(date +%s.%N)
  dotnet "$portal" --data "$work/data" --urls "http://localhost:$port" --samples none >"$work/log" 2>&1 &
  running=$!
  until curl -fsS -o /dev/null "http://localhost:$port/signin" 2>/dev/null; do
    kill -0 "$running" 2>/dev/null || { cat "$work/log" >&2; exit 1; }
    sleep 0.02
  done
  end=$(date +%s.%N)
  kill -TERM "$running" && wait "$running" || true
  running=
  row "$1" "$(seconds "$begin" "$end")" "$2" "$(ratio "$(seconds "$begin" "$end")" "$2")"
}

# The benches that need a database fill one of their own.
with_server() {
  local bin user=() cluster="$work/bench"
  bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
  install -d -m 0700 "$cluster"
  [ "$(id -u)" -eq 0 ] && chown postgres "$cluster" && user=(setpriv --reuid postgres --regid postgres --clear-groups)
  "${user[@]}" "$bin/initdb" -D "$cluster/data" -E UTF8 --locale=C.UTF-8 -U portal -A trust >/dev/null
  "${user[@]}" "$bin/pg_ctl" -D "$cluster/data" -w -l "$cluster/log" -o "-c listen_addresses= -c unix_socket_directories=$cluster" start >/dev/null
  dotnet "tests/MigrationPortal.Bench/bin/Release/net10.0/MigrationPortal.Bench.dll" "$1" "Host=$cluster;Username=portal;Database=postgres" "${@:2}" || failed=1
  "${user[@]}" "$bin/pg_ctl" -D "$cluster/data" -m fast stop >/dev/null
  rm -rf "$cluster"
}

# Those that have a whole portal in their process collect garbage as it does by itself.
with_portal() { DOTNET_gcServer=1 with_server "$@"; }

[ $# -gt 0 ] || set -- first-page planning inventory scale evidence inbox presence team pages message-copy verification file-copy memory
row what ours reference ratio
row --- --- --- ---
for what in "$@"; do
  case "$what" in
    first-page)
      first_page "first page, empty data directory" "10 s"
      first_page "first page, data directory in use" "4 s" ;;
    inventory) with_server inventory ;;
    scale) with_portal scale ;;
    evidence) with_server evidence ;;
    inbox) with_portal inbox ;;
    presence) with_portal presence ;;
    team) with_portal team ;;
    pages) with_portal pages ;;
    message-copy) with_server message-copy ;;
    verification) with_server verification ;;
    file-copy) with_server file-copy ;;
    planning) dotnet tests/MigrationPortal.Bench/bin/Release/net10.0/MigrationPortal.Bench.dll planning || failed=1 ;;
    memory) with_server memory 200000 5000000 ;;
    *) echo "Unknown bench $what." >&2; exit 2 ;;
  esac
done
exit "$failed"
