#!/usr/bin/env bash
# Writes the list of a release's parts, CycloneDX as JSON, into a folder:  .github/parts.sh FOLDER
# Needs cargo-cyclonedx (`cargo install cargo-cyclonedx --version 0.5.9 --locked`).
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:?into which folder}

version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
cargo cyclonedx --format json --spec-version 1.5 --target all --override-filename sayso.cdx
mkdir -p "$folder"
mv sayso.cdx.json "$folder/sayso-$version.cdx.json"
rm -f ./*/sayso.cdx.json r/src/rust/sayso.cdx.json # those of the workspace's other members
