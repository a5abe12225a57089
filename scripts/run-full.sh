#!/bin/sh
# Runs the service and two workers on PostgreSQL, Redis and RabbitMQ of its own, on private ports, in a
# throw-away directory.
# Ctrl-C stops all of it. Nothing touches a server that was already running.
set -eu

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb)")
home=$(mktemp -d "${TMPDIR:-/tmp}/reelmark-full.XXXXXX")
postgres_port=${POSTGRES_PORT:-55432}
redis_port=${REDIS_PORT_FULL:-56379}
rabbitmq_port=${RABBITMQ_PORT:-55672}
rabbitmq=/usr/lib/rabbitmq/bin/rabbitmq-server
[ -x "$rabbitmq" ] || rabbitmq=$(command -v rabbitmq-server)

# PostgreSQL refuses to run as root, so root lends it another account.
as_server() {
    if [ "$(id -u)" -eq 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else "$@"; fi
}

stop() {
    trap - EXIT INT TERM
    for process in ${service:-} ${workers:-}; do
        kill -TERM "$process" 2>/dev/null && wait "$process" || true
    done
    [ -z "${broker:-}" ] || { kill -KILL "$broker" 2>/dev/null && wait "$broker" 2>/dev/null || true; }
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

# A broker without plugins that nobody else can meet: it finds itself without Erlang's port mapper, which
# is a daemon that would stay.
start_broker() {
    mkdir "$home/rabbitmq"
    printf 'listeners.tcp.1 = 127.0.0.1:%s\ndisk_free_limit.absolute = 10MB\n' "$rabbitmq_port" >"$home/rabbitmq/rabbitmq.conf"
    cookie=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
    env -i PATH="$PATH" HOME="$home/rabbitmq" RABBITMQ_ALLOW_INPUT=true ERL_FLAGS="-start_epmd false" \
        RABBITMQ_NODENAME=rabbit@localhost RABBITMQ_CONF_ENV_FILE=/dev/null \
        RABBITMQ_CONFIG_FILE="$home/rabbitmq/rabbitmq.conf" RABBITMQ_LOGS=- \
        RABBITMQ_ENABLED_PLUGINS_FILE="$home/rabbitmq/plugins" \
        RABBITMQ_MNESIA_BASE="$home/rabbitmq/data" RABBITMQ_LOG_BASE="$home/rabbitmq/log" \
        RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-sname rabbit@localhost \
            -erl_epmd_port $((rabbitmq_port + 1)) -kernel inet_dist_use_interface {127,0,0,1} -setcookie $cookie" \
        "$rabbitmq" -noinput >"$home/rabbitmq/server.log" 2>&1 </dev/null &
    broker=$!
}

# Nobody has to wait for the broker: messages stay in the outbox until it is there.
start_broker

secret=$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')
export DATABASE_URL="postgres://reelmark@127.0.0.1:$postgres_port/reelmark"
export REDIS_URL="redis://127.0.0.1:$redis_port"
export AMQP_URL="amqp://guest:guest@127.0.0.1:$rabbitmq_port"
export DATA_DIR="$home/data" JWT_SECRET="$secret"
target/debug/reelmark migrate
target/debug/reelmark user create admin --email admin@reelmark.invalid --role admin </dev/null
target/debug/reelmark worker &
workers=$!
target/debug/reelmark worker &
workers="$workers $!"
target/debug/reelmark serve --no-worker &
service=$!
wait "$service"
