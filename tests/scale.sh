#!/usr/bin/env bash
# One hash of the quotations of 40 articles: the command (SAYSO, or target/debug/sayso), Python, R, Spark, Ray Data and Dask give the same rows, an
# engine also where a worker is killed in the middle. Takes the package that tests/python.sh has built, or a wheel that WHEEL names, and the R
# package that tests/r.sh has installed. Says what was not run where an engine cannot be had.
set -euo pipefail
cd "$(dirname "$0")/.."

not_run() {
    echo "the recipes for engines were NOT TESTED: $1" >&2
    exit 0
}
if ! command -v java >/dev/null 2>&1 && [[ "$(id -u)" == 0 ]] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -q && apt-get install -qy --no-install-recommends default-jre-headless || true
fi
venv=target/scale-venv
python="$venv/bin/python"
if ! "$python" -c 'import dask.dataframe, distributed, pyarrow, pyspark, ray.data' >/dev/null 2>&1; then
    python3 -m venv "$venv" && "$venv/bin/pip" install --quiet -r python/tests/requirements-scale.txt || not_run "they could not be installed"
fi
if [[ -n "${WHEEL:-}" ]]; then
    "$venv/bin/pip" install --quiet --no-deps --force-reinstall "$WHEEL"
elif compgen -G "python/sayso/_sayso.*" | grep -q '\.\(so\|pyd\)$'; then
    export PYTHONPATH="$PWD/python" # workers inherit it
else
    not_run "the package is not built: bash tests/python.sh does"
fi
command -v java >/dev/null 2>&1 || echo "Spark NOT TESTED: there is no Java" >&2

r=target/r/library
[[ -d "$r/sayso" ]] && Rscript --vanilla -e 'loadNamespace("jsonlite")' >/dev/null 2>&1 ||
    { r=; echo "R NOT COMPARED: tests/r.sh has not installed the package" >&2; }
hash=$("$python" python/tests/rows.py "${SAYSO:-target/debug/sayso}" $r)
for engine in dask ray spark; do
    if [[ "$engine" == spark ]] && ! command -v java >/dev/null 2>&1; then continue; fi
    "$python" python/tests/engines.py "$engine" "$hash"
done
echo "forty articles, one hash of their quotations by every way: $hash"
