#!/bin/sh
# Installs what the tests need and this machine lacks: a Redis server, a Postgres server, a RabbitMQ
# broker, a browser with its driver, and the C compiler that builds SQLite; fetches axe-core, which
# looks for barriers in pages, into target/axe. Says and does nothing when it is all there.
#
# Installing takes Debian or Ubuntu, and root or a sudo that asks for no password. The packages'
# own services, Erlang's port mapper among them, are not started: tests start servers of their own,
# on ports of their own.
set -eu

# shellcheck source=scripts/install-packages.sh
. "$(dirname "$0")/install-packages.sh"

# axe-core is MPL-2.0, so it is fetched and never becomes a part of Reelmark. This package holds one
# version of it; both are known by their hashes.
AXE=$(dirname "$0")/../target/axe
AXE_PACKAGE=axe-playwright-python
AXE_PACKAGE_VERSION=0.1.8
AXE_PACKAGE_SHA256=fdd263c998388f1a8e67cad02677e612d946248bd44d163be5e8650ea31f95f8
AXE_SHA256=84494fec757e4710dc751c8d7a636e457f4532f08f85c86dc9070133fbff53bc

# Debian keeps the programs of Postgres off the PATH.
has_postgres() {
    for directory in $(echo "$PATH" | tr ':' ' ') $(pg_config --bindir 2>/dev/null) \
        /usr/lib/postgresql/*/bin; do
        if [ -x "$directory/initdb" ] && [ -x "$directory/postgres" ] && [ -x "$directory/psql" ]; then
            return 0
        fi
    done
    return 1
}

# Debian keeps RabbitMQ's own programs in a directory off the PATH.
has_rabbitmq() {
    has erl && for directory in $(echo "$PATH" | tr ':' ' ') /usr/lib/rabbitmq/bin; do
        [ -x "$directory/rabbitmq-server" ] && return 0
    done
    return 1
}

missing_packages() {
    { has redis-server && has redis-cli; } || echo redis-server
    has_postgres || echo postgresql
    has_rabbitmq || echo rabbitmq-server
    has cc || echo build-essential
    has chromium || echo chromium
    has chromedriver || echo chromium-driver
    has_axe || { has python3 && python3 -m pip --version >/dev/null 2>&1; } || echo python3-pip
}

has_axe() {
    [ -f "$AXE/axe.min.js" ] && echo "$AXE_SHA256  $AXE/axe.min.js" | sha256sum --check --status
}

fetch_axe() {
    rm -rf "$AXE"
    mkdir -p "$AXE"
    echo "$AXE_PACKAGE==$AXE_PACKAGE_VERSION --hash=sha256:$AXE_PACKAGE_SHA256" >"$AXE/wanted.txt"
    python3 -m pip --quiet --disable-pip-version-check download --no-deps --only-binary :all: \
        --require-hashes --requirement "$AXE/wanted.txt" --dest "$AXE"
    python3 -m zipfile --extract "$AXE"/*.whl "$AXE/package"
    cp "$AXE/package/axe_playwright_python/axe.min.js" "$AXE/axe.min.js"
    has_axe || give_up "the package $AXE_PACKAGE $AXE_PACKAGE_VERSION holds another axe-core than expected"
}

install_missing "the tests"
# As root it installs packages alone: what is fetched belongs to whoever runs the tests.
if [ "${1:-}" != packages ]; then
    has_axe || fetch_axe
fi
