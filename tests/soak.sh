#!/usr/bin/env bash
# Kills runs and deltas a thousand times at random moments and compares every byte, sends 25 000 random requests and tries
# 300 random histories of reviews: an hour, not for each change.
#   tests/soak.sh [ROUNDS]      fifty kills a round, 20 rounds without an argument; TEST_SEED=N repeats one round
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 TEST_SOAK="${1:-20}" TEST_REQUESTS=25000 TEST_HISTORIES=300
src/postgresql.sh
dotnet test tests/MigrationPortal.Tests -v quiet --filter "FullyQualifiedName~KillTests|FullyQualifiedName~RandomRequestTests|FullyQualifiedName~ReviewRaceTests" --logger "console;verbosity=detailed"
