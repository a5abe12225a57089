#!/bin/sh
# Validates the committed document with a Python and a Node validator, each of which finds faults
# that the other misses. Both are installed below target/.
set -eu

tools=target/openapi-tools
mkdir -p "$tools"
[ -x "$tools/venv/bin/openapi-spec-validator" ] || {
    python3 -m venv "$tools/venv"
    "$tools/venv/bin/pip" install --quiet --disable-pip-version-check openapi-spec-validator==0.9.0
}
[ -x "$tools/node_modules/.bin/redocly" ] ||
    npm install --silent --no-fund --no-audit --prefix "$tools" @redocly/cli@2

"$tools/venv/bin/openapi-spec-validator" openapi.json
REDOCLY_TELEMETRY=off "$tools/node_modules/.bin/redocly" lint --extends=spec openapi.json
