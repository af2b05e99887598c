#!/usr/bin/env bash
# The Python package: takes what the gate has built, runs its tests and the examples of its documentation, compares it with the command (SAYSO, or
# target/debug/sayso), and checks that its types are right. Says what was not run where Python or its packages cannot be had. `pip install ./python`
# builds a wheel for use; it is as long as a release build of the command and not part of this.
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
if ! "$python" -c 'import mypy, pandas, polars, pyarrow, pytest, spacy, tqdm' >/dev/null 2>&1; then
    python3 -m venv "$venv" && "$venv/bin/pip" install --quiet -r python/tests/requirements.txt || not_run "its packages could not be installed"
fi

# The same packages and targets as in the gate's `cargo test`, so that each crate has the same features and nothing is built twice.
cargo build --quiet --locked --workspace --lib --bins --tests
for module in target/debug/lib_sayso.so target/debug/lib_sayso.dylib; do
    [[ ! -f "$module" ]] || cp "$module" python/sayso/_sayso.abi3.so
done
SAYSO=$(realpath "${SAYSO:-target/debug/sayso}")
export SAYSO PYTHONPATH="$PWD/python"

"$python" -m pytest -q -p no:cacheprovider -c python/pyproject.toml python/tests
(cd python && "../$venv/bin/mypy" --cache-dir ../target/mypy)
"$python" -m mypy.stubtest sayso._sayso --allowlist python/tests/stubtest.txt
echo "Python: the tests pass, the types are right"
