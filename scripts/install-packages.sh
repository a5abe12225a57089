# shellcheck shell=sh
#
# For scripts that install Debian packages this machine lacks. They define `missing_packages`, which
# names one package a line, and call `install_missing` with what needs the packages.

POLICY=/usr/sbin/policy-rc.d

has() {
    command -v "$1" >/dev/null 2>&1
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

install_missing() {
    packages=$(missing_packages | paste -s -d ' ' -)
    [ -n "$packages" ] || return 0

    has apt-get || give_up "$1 need these Debian packages, or what your system calls them: $packages"

    if [ "$(id -u)" -ne 0 ]; then
        sudo -n true 2>/dev/null || give_up "run \`sudo apt-get install $packages\` first, for $1 need it"
        sudo -n sh "$0" packages
        return 0
    fi

    echo "Installing for $1: $packages"
    # The names of packages are words to be split.
    # shellcheck disable=SC2086
    install_packages $packages

    packages=$(missing_packages | paste -s -d ' ' -)
    [ -z "$packages" ] || give_up "these packages are installed but what $1 need of them is not found: $packages"
}
