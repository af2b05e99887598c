#!/usr/bin/env bash
# Builds a release's program:  .github/build.sh TARGET [FURTHER FLAG OF RUSTC…]
# No folder of the machine stands in it, so that the same version built by the same compiler elsewhere is the same program, byte for byte.
set -euo pipefail
cd "$(dirname "$0")/.."
target=${1:?for which target}
shift

native() { if command -v cygpath >/dev/null 2>&1; then cygpath -w "$1"; else echo "$1"; fi; }
cargo_home=$(native "${CARGO_HOME:-$HOME/.cargo}")
here=$(native "$PWD")
flags=("--remap-path-prefix=$cargo_home=/cargo" "--remap-path-prefix=$here=/sayso" "$@")
# What is written in C names its files as well.
if [[ "$target" != *-msvc ]]; then export CFLAGS="${CFLAGS:-} -ffile-prefix-map=$cargo_home=/cargo -ffile-prefix-map=$here=/sayso"; fi
# These flags are added to those of .cargo/config.toml, which the variable RUSTFLAGS would replace.
cargo build --release --locked --bin sayso --target "$target" --config "build.rustflags=[$(printf "'%s'," "${flags[@]}")]"
