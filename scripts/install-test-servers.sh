#!/bin/sh
# Installs what the tests need and this machine lacks: a Redis server, a Postgres server, a RabbitMQ
# broker, and the C compiler that builds SQLite. Says and does nothing when it is all there.
#
# Installing takes Debian or Ubuntu, and root or a sudo that asks for no password. The packages'
# own services, Erlang's port mapper among them, are not started: tests start servers of their own,
# on ports of their own.
set -eu

# shellcheck source=scripts/install-packages.sh
. "$(dirname "$0")/install-packages.sh"

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
}

install_missing "the tests"
