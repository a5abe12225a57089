#!/bin/sh
# Proves the direction of dependencies between the crates with `cargo tree`: whatever is not listed
# here may not be depended on. See docs/ARCHITECTURE.md.
set -eu

allowed() {
    case $1 in
    reelmark-domain | reelmark-web-ui) echo ;;
    reelmark-application) echo domain ;;
    reelmark-http) echo domain application web-ui ;;
    reelmark-worker | reelmark-testkit) echo domain application ;;
    reelmark-postgres | reelmark-sqlite | reelmark-redis | reelmark-memory) echo domain application ;;
    reelmark-rabbitmq | reelmark-security | reelmark-files | reelmark-mail) echo domain application ;;
    reelmark-bench) echo domain application postgres sqlite security memory testkit ;;
    reelmark)
        echo domain application postgres sqlite redis memory rabbitmq security files mail http \
            worker web-ui
        ;;
    *) echo "$1 has no rule in scripts/check-architecture.sh" >&2 && exit 1 ;;
    esac
}

# Names the crates of this workspace that a crate depends on, at any depth.
reached() {
    cargo tree --package "$1" --edges normal,build --prefix none --format '{p}' |
        sed -n 's/^reelmark-\([a-z-]*\) v.*/\1/p' | sort -u
}

# Names the foreign crates whose presence would break a rule.
foreign() {
    cargo tree --package "$1" --edges normal,build --prefix none --format '{p}' |
        sed -n 's/^\([a-z0-9_-]*\) v.*/\1/p' | sort -u
}

status=0
fail() {
    echo "architecture: $1" >&2
    status=1
}

for manifest in crates/*/Cargo.toml; do
    crate=$(sed -n 's/^name = "\(.*\)"/\1/p' "$manifest" | head -n 1)
    permitted=$(allowed "$crate")
    for dependency in $(reached "$crate"); do
        [ "reelmark-$dependency" = "$crate" ] && continue
        case " $permitted " in
        *" $dependency "*) ;;
        *) fail "$crate must not depend on reelmark-$dependency" ;;
        esac
    done
done

# forbid CRATE PATTERN: no dependency of CRATE may match the extended regular expression PATTERN.
forbid() {
    for dependency in $(foreign "$1" | grep -Ex "$2" || true); do
        fail "$1 must not depend on $dependency"
    done
}

forbid reelmark-domain 'tokio|async-trait|actix.*|rusqlite|tokio-postgres|redis|log|serde_json'
forbid reelmark-application 'actix.*|paperclip.*|rusqlite|tokio-postgres|deadpool.*|redis|lapin'
forbid reelmark-http 'rusqlite|tokio-postgres|deadpool.*|redis|lapin|jsonwebtoken|bcrypt'
forbid reelmark-worker 'actix.*|rusqlite|tokio-postgres|deadpool.*|redis|lapin'
forbid reelmark-postgres 'rusqlite|redis|actix.*'
forbid reelmark-sqlite 'tokio-postgres|redis|actix.*'
forbid reelmark-redis 'rusqlite|tokio-postgres|actix.*'
forbid reelmark-rabbitmq 'rusqlite|tokio-postgres|redis|actix.*'
forbid reelmark 'mockall|proptest|criterion|reelmark-testkit|reelmark-bench|openssl-sys|aws-lc-sys'

[ "$status" -eq 0 ] && echo "architecture: every dependency points the right way"
exit "$status"
