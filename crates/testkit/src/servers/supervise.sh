# shellcheck shell=sh
#
# Owns one throw-away server, and its directory, for a test process.
#
#   sh -c "$(cat supervise.sh)" supervise DIRECTORY FAREWELL_SIGNAL
#
# Standard input is a pipe held by the test process. Each line of it is an order: a shell command,
# often one of the functions below. Each order is answered on standard output with one line, "STATUS
# PID": its exit status, and the id of the running server, if there is one.
#
# However the test process ends, the kernel closes the pipe. That is the signal to stop the server
# and to delete the directory, and the only one: Ctrl-C and a closed terminal are ignored so that
# they cannot end the shell before it has cleaned up. So is SIGPIPE, which answering a test process
# that has just been killed would raise.
trap '' HUP INT QUIT TERM PIPE

directory=${1:?}
farewell=${2:?}
server=

# Before there is a log, the answer itself says what went wrong.
mkdir -m 700 "$directory" 2>&1 || exit 1
cd "$directory" || exit 1

# From here on nobody but the owner holds the pipes, and whatever is printed goes to the log.
exec 3>&1 4<&0 </dev/null >>server.log 2>&1

launch() {
    (
        trap - HUP INT QUIT TERM PIPE
        exec "$@"
    ) 3>&- 4<&- &
    server=$!
}

running() {
    [ -n "$server" ] && kill -0 "$server" 2>/dev/null
}

children() {
    grep -ls "^PPid:[[:space:]]*$server\$" /proc/[0-9]*/status | cut -d / -f 3
}

stop() {
    [ -n "$server" ] || return 0
    kill -s "$1" "$server"
    # Paused processes act on nothing but SIGKILL until they are resumed.
    # shellcheck disable=SC2046 # each id is a word of its own
    kill -s CONT "$server" $(children)
    polls_left=500
    while running; do
        [ "$polls_left" -gt 0 ] || kill -s KILL "$server"
        polls_left=$((polls_left - 1))
        sleep 0.02
    done
    server=
}

delete_directory() {
    cd /
    attempts_left=50
    # Children of a killed server may still be writing while they find out.
    until rm -rf "$directory" || [ "$attempts_left" -eq 0 ]; do
        attempts_left=$((attempts_left - 1))
        sleep 0.1
    done
}

trap 'stop "$farewell"; delete_directory' EXIT

while read -r order <&4; do
    eval "$order"
    echo "$? $server" >&3
done
