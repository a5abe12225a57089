#!/bin/sh
# Fetches the MovieLens set ml-100k into target/ml-100k, out of a wheel that carries it, and checks
# it against a hash. Its licence forbids handing it on, so that it is never committed; the tests
# that read it pass without it. Needs Python with pip. Says and does nothing when it is there.
set -eu

PACKAGE=recbole==1.2.1
SHA256=9c9948202011f37eb0a7c6768129313f00d6403ad221ec940d5e2d5d5f33a407
TARGET=target/ml-100k

[ -e "$TARGET/ml-100k.inter" ] && [ -e "$TARGET/ml-100k.item" ] && exit 0

mkdir -p target
work=$(mktemp -d target/ml-100k.XXXXXX)
trap 'rm -rf "$work"' EXIT

echo "$PACKAGE --hash=sha256:$SHA256" >"$work/requirements.txt"
python3 -m pip --quiet --disable-pip-version-check download --no-deps --only-binary :all: \
    --require-hashes --requirement "$work/requirements.txt" --dest "$work"

mkdir -p "$TARGET"
python3 - "$work" "$TARGET" <<'PYTHON'
import pathlib
import sys
import zipfile

work, target = map(pathlib.Path, sys.argv[1:])
(wheel,) = work.glob("*.whl")
with zipfile.ZipFile(wheel) as archive:
    for name in ("ml-100k.inter", "ml-100k.item"):
        content = archive.read(f"recbole/dataset_example/ml-100k/{name}")
        (target / name).write_bytes(content)
PYTHON
echo "Fetched ml-100k into $TARGET"
