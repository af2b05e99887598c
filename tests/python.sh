#!/usr/bin/env bash
# The Python package: builds it in the profile of the tests, runs its tests and the examples of its documentation, compares it with the command
# (SAYSO, or target/debug/sayso), and checks that its types are right. Says what was not run where Python or its packages cannot be had.
set -euo pipefail
cd "$(dirname "$0")/.."

not_run() {
    echo "the Python package was NOT TESTED: $1" >&2
    exit 0
}
has_venv() { python3 -c 'import ensurepip, venv, sys; sys.exit(sys.version_info < (3, 10))' >/dev/null 2>&1; }
if ! has_venv && [[ "$(id -u)" == 0 ]] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -q && apt-get install -qy --no-install-recommends python3-pip python3-venv || true
fi
has_venv || not_run "there is no Python 3.10 or later with venv"

venv=target/python-venv
python="$venv/bin/python"
if ! "$python" -c 'import maturin, mypy, pandas, polars, pyarrow, pytest, spacy, tqdm' >/dev/null 2>&1; then
    python3 -m venv "$venv" && "$venv/bin/pip" install --quiet -r python/tests/requirements.txt || not_run "its packages could not be installed"
fi

if [[ -z "${SAYSO:-}" ]]; then
    cargo build --quiet
    SAYSO=target/debug/sayso
fi
export SAYSO="$PWD/${SAYSO#"$PWD"/}"

VIRTUAL_ENV="$PWD/$venv" "$venv/bin/maturin" develop --quiet --locked --profile dev --manifest-path python/Cargo.toml
"$python" -m pytest -q -p no:cacheprovider python/tests
(cd python && "../$venv/bin/mypy" --strict --cache-dir "../target/mypy" sayso)
"$python" -m mypy.stubtest --ignore-disjoint-bases sayso._sayso --allowlist python/tests/stubtest.txt
echo "Python: the tests pass, the types are right"
