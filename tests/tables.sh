#!/usr/bin/env bash
# Reads every table of a report in the programs people use, without options, and compares counts, types and values; opens Parquet, the workbook
# and the database; runs the lines of R and Python in src/docs/report.md. Needs Python and R with readr; takes them from Debian where it may, and
# says what was not run where it may not.
set -euo pipefail
cd "$(dirname "$0")/.."

has() { command -v "$1" >/dev/null 2>&1; }
has_readr() { has Rscript && Rscript -e 'stopifnot(requireNamespace("readr", quietly = TRUE))' >/dev/null 2>&1; }
has_venv() { python3 -c 'import ensurepip, venv' >/dev/null 2>&1; }
if { ! has_readr || ! has_venv; } && [[ "$(id -u)" == 0 ]] && has apt-get; then
    apt-get update -q && apt-get install -qy --no-install-recommends python3-pip python3-venv r-base-core r-cran-readr || true
fi

sayso=${SAYSO:-target/debug/sayso}
[[ -n "${SAYSO:-}" ]] || cargo build --quiet
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# A codebook that was fitted, to what it gives by itself, has adjusted shares.
"$sayso" analyze corpus --codebook tests/tables/codebook.toml --format csv -o "$scratch/coded"
"$sayso" codebook fit tests/tables/codebook.toml --coded "$scratch/coded/theme_sentences.csv" --articles corpus -o "$scratch/fitted.toml" >/dev/null
"$sayso" analyze corpus tests/tables/dated.csv --people tests/tables/people.csv --codebook "$scratch/fitted.toml" \
    --format csv,json,jsonl,parquet,xlsx,sqlite,brat -o "$scratch/report" --quiet
"$sayso" export "$scratch/report" --format parquet,xlsx,sqlite,brat -o "$scratch/out"
for made in parquet sayso.xlsx sayso.sqlite; do diff -r "$scratch/report/$made" "$scratch/out/$made"; done
diff -r "$scratch/report/export/brat" "$scratch/out/brat"

venv=target/tables-venv
if ! "$venv/bin/python" -c 'import datasette, duckdb, openpyxl, pandas, polars, pyarrow' >/dev/null 2>&1 && has_venv; then
    python3 -m venv "$venv" && "$venv/bin/pip" install --quiet -r tests/tables/requirements.txt || true
fi
if "$venv/bin/python" -c 'import duckdb, openpyxl, pandas, polars, pyarrow' >/dev/null 2>&1; then
    "$venv/bin/python" tests/tables/read.py "$scratch/report" "$scratch/columns.tsv"
    if [[ -x "$venv/bin/datasette" ]]; then
        "$venv/bin/datasette" "$scratch/report/sayso.sqlite" --get '/sayso/most_quoted.json?_size=1&_shape=array' | grep -q '"speaker"'
        echo "datasette: opens the database and its views"
    fi
else
    echo "tables NOT READ in pandas, polars, DuckDB, pyarrow, openpyxl: they could not be installed" >&2
    exit 0
fi
if has_readr; then
    LC_ALL=C.UTF-8 Rscript --vanilla tests/tables/read.R "$scratch/report" "$scratch/columns.tsv"
else
    echo "tables NOT READ in R: there is no Rscript with readr" >&2
fi
