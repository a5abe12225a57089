# shellcheck shell=sh
#
# Cleans up behind a test process, however that ends.
#
#   sh -c "$(cat scratch.sh)" scratch DIRECTORY
#
# Standard input is a pipe that the test process holds and never writes to: the kernel closes it
# when that process ends. Then whatever is named in DIRECTORY/running is killed, and DIRECTORY is
# deleted. Ctrl-C is ignored, so that it ends the tests but not their cleaner.
trap '' HUP INT QUIT TERM PIPE

directory=${1:?}
cat >/dev/null

for process in "$directory"/running/*; do
    kill -s KILL "${process##*/}"
done

attempts_left=50
# Killed processes may still be writing while they find out.
until rm -rf "$directory" || [ "$attempts_left" -eq 0 ]; do
    attempts_left=$((attempts_left - 1))
    sleep 0.1
done
