#!/bin/sh
# Installs the load generators of the benchmarks, where this machine lacks them: wrk, h2load and
# pgbench. The last one comes with PostgreSQL, which the tests need too and which is installed first.
# Says and does nothing when it is all there.
set -eu

# shellcheck source=scripts/install-packages.sh
. "$(dirname "$0")/install-packages.sh"

missing_packages() {
    has wrk || echo wrk
    has h2load || echo nghttp2-client
}

sh "$(dirname "$0")/install-test-servers.sh"
install_missing "the benchmarks"
