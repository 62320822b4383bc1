#!/usr/bin/env bash
# Gets what the tests need, runs everything, ends with "N passed, N failed, N skipped".
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# Most code runs a few times only: what it would gain from a profile costs a tenth of the processor time.
export DOTNET_TieredPGO=0

need() { echo "The tests need $1: $2" >&2; exit 1; }
install() { # command, package
  command -v "$1" >/dev/null && return
  [ "$(id -u)" -eq 0 ] || need "$1" "install the package $2."
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2" >/dev/null || need "$1" "the package $2 could not be installed."
}

command -v dotnet >/dev/null || need "the .NET 10 SDK" "put dotnet on the PATH."
src/postgresql.sh || exit 1
install chromium chromium
# The same build without a window costs half of the processor time; journeys do without it where it cannot be had.
[ -x /usr/bin/chromium-headless-shell ] || [ "$(id -u)" -ne 0 ] || DEBIAN_FRONTEND=noninteractive timeout 90 apt-get install -y -qq --no-install-recommends chromium-headless-shell >/dev/null 2>&1 || true
install setpriv util-linux
install node nodejs
install npm npm
install curl curl
install openssl openssl
install python3 python3
# Sign-in is tried against a real domain controller, which only root can start; elsewhere those tests are counted as skipped.
if [ "$(id -u)" -eq 0 ] && ! { [ -x /usr/sbin/samba ] && [ -d /usr/share/samba/setup ] && command -v kinit >/dev/null && command -v faketime >/dev/null && /usr/bin/python3 -c 'import samba.dckeytab' 2>/dev/null; }; then
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    samba samba-ad-dc samba-ad-provision python3-samba krb5-user libldap-2.5-0 libldap-common faketime >/dev/null || echo "Samba could not be installed: tests of Active Directory will be skipped." >&2
fi
for lock in $(git ls-files 'tests/*package-lock.json'); do
  (cd "$(dirname "$lock")" && npm ci --silent --no-audit --no-fund) || need "npm packages" "see $lock."
done

# As it is shipped: one build for the tests, the journeys and what the Dockerfile publishes.
dotnet build MigrationPortal.sln -c Release -v quiet || exit 1
log=$(mktemp)
results=$(mktemp -d)
# The databases of the tests are worth nothing afterwards: in memory where there is room for them, and gone with the run.
memory=/dev/shm
[ -w "$memory" ] && [ "$(df -Pm "$memory" | awk 'NR == 2 { print $4 }')" -ge 4096 ] || memory=${TMPDIR:-/tmp}
export MIGRATIONPORTAL_TEST_DATA=$(mktemp -d "$memory/mp-tests-XXXXXX")
chmod 711 "$MIGRATIONPORTAL_TEST_DATA"
trap 'rm -rf "$log" "$results" "$MIGRATIONPORTAL_TEST_DATA"' EXIT
status=0

# What a test starts ends with it, whatever ends the run: in a process namespace of its own the kernel sees to that. bash is its first
# process, because somebody has to collect those that lost their parent.
alone=()
unshare --pid --fork --kill-child --mount-proc true 2>/dev/null && alone=(unshare --pid --fork --kill-child --mount-proc bash -c '"$@"; exit $?' tests)
run() { "${alone[@]}" dotnet test "$@" -c Release --no-build --results-directory "$results" --logger "console;verbosity=minimal" --logger "trx;LogFilePrefix=$(basename "$1")" 2>&1; }
say() { tee -a "$log"; }

# One after the other: beside the other tests the browsers come late on two cores, and journeys measure what a busy machine does.
for project in tests/MigrationPortal.Tests tests/MigrationPortal.EndToEnd; do
  run "$project" | say || status=1
done

# With a SQL Server at hand the whole engine suite runs there as well.
if [ -n "${MIGRATIONPORTAL_TEST_SQLSERVER:-}" ]; then
  MIGRATIONPORTAL_TEST_ENGINE_ON=SqlServer run tests/MigrationPortal.Tests --filter "FullyQualifiedName~MigrationPortal.Tests.Engine." | say || status=1
fi

python3 tests/slowest.py "$results"

# dotnet test closes each project with: "Passed!  - Failed:     0, Passed:    81, Skipped:     0, Total: …"
awk -F'[:,]' '/^(Passed|Failed|Skipped)! +- Failed:/ { failed += $2; passed += $4; skipped += $6 }
  END { printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped; exit !(passed > 0) }' "$log" || status=1
exit $status
