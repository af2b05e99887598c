#!/usr/bin/env bash
# What a run withstands, in short: hostile files, faults of the machine, every call to the system. The full length is told in tests/faults/*.py.
set -euo pipefail
sayso=$(realpath "${1:?the program}")
cd "$(dirname "$0")/.."

python3 tests/faults/weapons.py "$sayso"
python3 tests/faults/faults.py "$sayso" --kills 4 --articles 60
if ! command -v strace >/dev/null && [[ "$(id -u)" == 0 ]]; then
    apt-get update -q && apt-get install -qy --no-install-recommends strace || true
fi
if strace -f -qq -o /dev/null true 2>/dev/null; then
    python3 tests/faults/traced.py "$sayso"
else
    echo "calls to the system were NOT TRACED: there is no strace, or it may not look" >&2
fi
