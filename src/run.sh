#!/usr/bin/env bash
# From a fresh machine with the .NET SDK to the portal in the browser.
#   src/run.sh [--urls URL] [--data DIR] [--samples tiny|typical|awkward|large|none] [--messages N]
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

usage() { sed -n '2,3s/^# //p' "${BASH_SOURCE[0]}"; }

arguments=()
while [ $# -gt 0 ]; do
  case "$1" in
    -h | --help) usage; exit 0 ;;
    --urls | --data | --samples | --messages)
      [ $# -ge 2 ] || { echo "$1 needs a value." >&2; usage >&2; exit 2; }
      value=$2
      # The portal runs in the repository's folder; a relative directory means the caller's.
      [ "$1" = --data ] && case "$value" in /*) ;; *) value="$PWD/$value" ;; esac
      arguments+=("$1" "$value"); shift 2 ;;
    *) echo "Unknown option $1." >&2; usage >&2; exit 2 ;;
  esac
done

command -v dotnet >/dev/null || { echo "The .NET 10 SDK is missing: install it and put dotnet on the PATH." >&2; exit 1; }
"$root/src/postgresql.sh"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
if ! log=$(dotnet build "$root/src/MigrationPortal/MigrationPortal.csproj" -c Release -v quiet 2>&1); then
  echo "$log" >&2
  exit 1
fi

cd "$root"
# No ldaprc file or LDAPTLS_… variable may switch the check of domain controllers' certificates off.
export LDAPNOINIT=1
export ASPNETCORE_ENVIRONMENT=${ASPNETCORE_ENVIRONMENT:-Development}
# exec: signals reach the portal itself, which stops its PostgreSQL before it goes.
exec dotnet "$root/src/MigrationPortal/bin/Release/net10.0/MigrationPortal.dll" ${arguments[@]+"${arguments[@]}"}
