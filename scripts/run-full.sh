#!/bin/sh
# Runs the service on PostgreSQL and Redis of its own, on private ports, in a throw-away directory.
# Ctrl-C stops all of it. Nothing touches a server that was already running.
set -eu

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb)")
home=$(mktemp -d "${TMPDIR:-/tmp}/reelmark-full.XXXXXX")
postgres_port=${POSTGRES_PORT:-55432}
redis_port=${REDIS_PORT_FULL:-56379}

# PostgreSQL refuses to run as root, so root lends it another account.
as_server() {
    if [ "$(id -u)" -eq 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else "$@"; fi
}

stop() {
    trap - EXIT INT TERM
    [ -z "${service:-}" ] || { kill -TERM "$service" 2>/dev/null && wait "$service" || true; }
    redis-cli -p "$redis_port" shutdown nosave 2>/dev/null || true
    as_server "$bin/pg_ctl" --pgdata "$home/postgres" --mode fast --silent stop 2>/dev/null || true
    rm -rf "$home"
}
trap stop EXIT
trap 'exit 130' INT TERM

mkdir "$home/postgres" "$home/redis" "$home/data"
[ "$(id -u)" -ne 0 ] || { chmod 755 "$home" && chown postgres: "$home/postgres"; }
as_server "$bin/initdb" --pgdata "$home/postgres" --username reelmark --auth trust --encoding UTF8 --locale C.UTF-8 >"$home/initdb.log"
as_server "$bin/pg_ctl" --pgdata "$home/postgres" --silent --wait --log "$home/postgres/server.log" \
    --options "-p $postgres_port -c listen_addresses=127.0.0.1 -c unix_socket_directories=''" start
createdb --host 127.0.0.1 --port "$postgres_port" --username reelmark reelmark
redis-server --port "$redis_port" --bind 127.0.0.1 --dir "$home/redis" --save '' --daemonize yes >/dev/null

secret=$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')
export DATABASE_URL="postgres://reelmark@127.0.0.1:$postgres_port/reelmark"
export REDIS_URL="redis://127.0.0.1:$redis_port"
export DATA_DIR="$home/data" JWT_SECRET="$secret"
target/debug/reelmark migrate
target/debug/reelmark user create admin --email admin@reelmark.invalid --role admin </dev/null
target/debug/reelmark serve &
service=$!
wait "$service"
