#!/usr/bin/env bash
# Kills runs and deltas a thousand times at random moments and compares every byte, damages two hundred pairs of pools for each way in,
# sends 250 000 random requests and tries 3 000 random histories of reviews: hours, not for each change.
#   tests/soak.sh [ROUNDS]      fifty kills a round, 20 rounds without an argument; TEST_SEED=N repeats one round
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 TEST_SOAK="${1:-20}" TEST_REQUESTS=250000 TEST_HISTORIES=3000 TEST_DAMAGE=200
src/postgresql.sh
soaked=(KillTests RandomRequestTests ReviewRaceTests DamageTests RandomScanTests)
dotnet test tests/MigrationPortal.Tests -v quiet --filter "$(printf '|FullyQualifiedName~%s' "${soaked[@]}" | cut -c2-)" --logger "console;verbosity=detailed"
