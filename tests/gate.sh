#!/usr/bin/env bash
# The gate: what must pass before every commit and in CI. What cannot be checked on a machine is told at the end.
set -euo pipefail
cd "$(dirname "$0")/.."

mkdir -p target
skipped="$PWD/target/skipped.txt" # tests whose data is absent add their lines
: >"$skipped"
skip() { echo "skipped: $1" >>"$skipped"; }

cargo fmt --check
bash tests/msrv.sh
if cargo deny --version >/dev/null 2>&1; then
    cargo deny --locked check --hide-inclusion-graph licenses bans sources
    if ! cargo deny --locked check --hide-inclusion-graph advisories; then
        # Without a network there is a lock file in the folder and no database.
        if compgen -G "${CARGO_HOME:-$HOME/.cargo}/advisory-dbs/advisory-db-*" >/dev/null; then
            echo "an advisory speaks against a dependency" >&2
            exit 1
        fi
        skip "advisories: their database could not be fetched"
    fi
else
    skip "licences, bans and sources of dependencies: cargo-deny is not installed"
fi
if command -v python3 >/dev/null 2>&1; then python3 tests/supply.py; else skip "what dependencies have of unsafe code and C: there is no Python"; fi
if cargo shear --version >/dev/null 2>&1; then cargo shear; else skip "unused dependencies: cargo-shear is not installed"; fi

cargo clippy --locked --workspace --all-targets -- -D warnings
# Each feature alone, and none: features add, never change.
for features in "" bundled-model cli; do
    cargo clippy --locked --no-default-features --features "$features" -- -D warnings
done
cargo test --locked --workspace # with the Python module, whose tests tests/python.sh runs
RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps --document-private-items
cargo bench --locked --no-run --profile dev # they build; measuring is another matter

sort -u "$skipped"
