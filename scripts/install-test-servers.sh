#!/bin/sh
# Installs what the tests need and this machine lacks: a Redis server, a Postgres server, a RabbitMQ
# broker, and the C compiler that builds SQLite. Says and does nothing when it is all there.
#
# Installing takes Debian or Ubuntu, and root or a sudo that asks for no password. The packages'
# own services, Erlang's port mapper among them, are not started: tests start servers of their own,
# on ports of their own.
set -eu

POLICY=/usr/sbin/policy-rc.d

has() {
    command -v "$1" >/dev/null 2>&1
}

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

# Keeps the packages from starting their services, unless the machine has a policy of its own.
forbid_services() {
    ours=
    trap '[ -z "$ours" ] || rm -f "$POLICY"' EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
    # With -C the shell refuses to overwrite.
    (set -C && printf '#!/bin/sh\nexit 101\n' >"$POLICY")
    ours=yes
    chmod 755 "$POLICY"
}

install_packages() {
    [ -e "$POLICY" ] || forbid_services
    apt-get -qq update
    DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$@"
}

give_up() {
    echo "$0: $1" >&2
    exit 1
}

packages=$(missing_packages | paste -s -d ' ' -)
[ -n "$packages" ] || exit 0

has apt-get || give_up "the tests need these Debian packages, or what your system calls them: $packages"

if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || give_up "run \`sudo apt-get install $packages\` first, for the tests need it"
    exec sudo -n sh "$0"
fi

echo "Installing for the tests: $packages"
# The names of packages are words to be split.
# shellcheck disable=SC2086
install_packages $packages

packages=$(missing_packages | paste -s -d ' ' -)
[ -z "$packages" ] || give_up "these packages are installed but what the tests need of them is not found: $packages"
