#!/usr/bin/env bash
# The gate: what must pass before every commit and in CI.
set -euo pipefail
cd "$(dirname "$0")/.."

cargo fmt --check
cargo clippy --all-targets -- -D warnings
cargo clippy --no-default-features -- -D warnings
cargo test
RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --document-private-items
cargo bench --no-run --profile dev # they build; measuring is another matter
