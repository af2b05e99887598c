#!/usr/bin/env bash
# Builds a release's program twice, in folders of other names and depths and with other homes of cargo, and compares: one hash. Takes two release builds
# and as much disk; not part of the gate.  tests/reproducible.sh [TARGET]
set -euo pipefail
cd "$(dirname "$0")/.."

target=${1:-$(rustc -vV | sed -n 's/^host: //p')}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
home=${CARGO_HOME:-$HOME/.cargo}
mkdir -p "$scratch/elsewhere/deep"
git clone --quiet . "$scratch/one"
git clone --quiet . "$scratch/elsewhere/deep/another"
# The sources of dependencies under another path; what cargo is told about the registry stays as it is.
mkdir "$scratch/home"
for part in "$home"/*; do [[ "$(basename "$part")" == registry ]] || ln -s "$part" "$scratch/home/"; done
mkdir "$scratch/home/registry"
for part in index cache; do ln -s "$home/registry/$part" "$scratch/home/registry/"; done

build() { (cd "$1" && CARGO_HOME="$2" bash .github/build.sh "$target" >&2 && sha256sum <"target/$target/release/sayso"); }
first=$(build "$scratch/one" "$home")
rm -rf "$scratch/one/target"
second=$(build "$scratch/elsewhere/deep/another" "$scratch/home")
echo "one folder: $first"
echo "another:    $second"
[[ "$first" == "$second" ]]
