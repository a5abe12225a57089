#!/bin/sh
# Installs the load generators of the benchmarks, where this machine lacks them: wrk, h2load, pgbench
# and redis-benchmark. The last two come with the servers that the tests need, which are installed
# first. Says and does nothing when it is all there.
set -eu

# shellcheck source=scripts/install-packages.sh
. "$(dirname "$0")/install-packages.sh"

missing_packages() {
    has wrk || echo wrk
    has h2load || echo nghttp2-client
    has redis-benchmark || echo redis-tools
}

sh "$(dirname "$0")/install-test-servers.sh"
install_missing "the benchmarks"
