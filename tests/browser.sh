#!/usr/bin/env bash
# Opens a report in a real browser: no error, no request, lists and links that work, hostile articles that do nothing, no serious fault of
# accessibility. Needs node, npm and Chromium; takes them from Debian where it may, and says so where it has none.
set -euo pipefail
cd "$(dirname "$0")/.."

has() { command -v "$1" >/dev/null 2>&1; }
missing() { for program in node npm chromium; do has "$program" || echo "$program"; done; }
if [[ -n "$(missing)" && "$(id -u)" == 0 ]] && has apt-get; then
    apt-get update -q && apt-get install -qy --no-install-recommends chromium nodejs npm || true
fi
if [[ -n "$(missing)" ]]; then
    echo "browser test NOT RUN: there is no $(missing | paste -sd ' ')" >&2
    exit 0
fi

sayso=${SAYSO:-target/debug/sayso}
[[ -n "${SAYSO:-}" ]] || cargo build --quiet
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
(cd tests/browser && npm ci --silent --no-audit --no-fund)

node tests/browser/hostile.mjs "$scratch/hostile"
"$sayso" analyze corpus "$scratch/hostile/script.md" "$scratch/hostile/bidi.txt" -o "$scratch/report" --format html --quiet
node tests/browser/report.mjs "$scratch/report"

# The same once more past the budget: the long article alone is larger than a page may be.
"$sayso" analyze "$scratch/hostile" -o "$scratch/many" --format html --report-max-mb 1 --quiet
node tests/browser/report.mjs "$scratch/many" many
