#!/usr/bin/env bash
# Makes sure that PostgreSQL's server binaries are there; the portal starts a private server from them.
set -euo pipefail
for bin in /usr/lib/postgresql/*/bin; do
  [ -x "$bin/initdb" ] && exit 0
done
command -v initdb >/dev/null && exit 0
if [ "$(id -u)" -ne 0 ]; then
  echo "PostgreSQL's server is missing: ask an administrator to install the package postgresql-15 (15 or newer), then start again." >&2
  exit 1
fi
# Only the binaries are wanted, not Debian's own cluster.
mkdir -p /etc/postgresql-common
grep -qs '^create_main_cluster' /etc/postgresql-common/createcluster.conf || echo 'create_main_cluster = false' >>/etc/postgresql-common/createcluster.conf
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql-15 >/dev/null
