#!/usr/bin/env bash
# The Rust version that Cargo.toml and the README promise: the highest that a dependency asks for, and the program builds with it.
set -euo pipefail
cd "$(dirname "$0")/.."

wanted="$(cargo metadata --locked --format-version 1 | python3 -c '
import json, sys
packages = json.load(sys.stdin)["packages"]
versions = {tuple((p["rust_version"] + ".0.0").split(".")[:2]) for p in packages if p["rust_version"]}
print("%s.%s" % max(versions, key=lambda version: tuple(map(int, version))))')"
declared="$(sed -n 's/^rust-version = "\([0-9.]*\)".*/\1/p' Cargo.toml)"
if [[ "$wanted" != "$declared" ]]; then
    echo "Cargo.toml declares Rust $declared, its dependencies ask for $wanted" >&2
    exit 1
fi
if ! grep -q "($declared or later)" README.md; then
    echo "README.md does not name Rust $declared" >&2
    exit 1
fi
if rustup run "$declared" rustc --version >/dev/null 2>&1 ||
    timeout 300 rustup toolchain install "$declared" --profile minimal --no-self-update >/dev/null 2>&1; then
    cargo "+$declared" check --locked --target-dir target/msrv
else
    echo "skipped: Rust $declared could not be had, the build with it was not tried" >>target/skipped.txt
fi
