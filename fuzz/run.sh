#!/usr/bin/env bash
# Fuzzes targets one after the other:  fuzz/run.sh SECONDS [TARGET…]
# Needs nightly Rust and cargo-fuzz, see src/lib.rs. Ends with 1 where there are finds. What libFuzzer learns is kept in target/fuzz/corpus, so that the next run goes on from there;
# finds lie in fuzz/artifacts. Temporary files go to memory where the machine has such a folder.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:?how many seconds for each target}
shift
[[ $# -gt 0 ]] || set -- $(ls fuzz/seeds)
[[ ! -d /dev/shm ]] || export TMPDIR=/dev/shm

for target in "$@"; do
    corpus=target/fuzz/corpus/$target
    mkdir -p "$corpus"
    cp fuzz/seeds/"$target"/* "$corpus"
    # Files that the project's tests read are seeds of the readers too.
    case $target in
        ingest) from=(tests/formats/* tests/ingest/*/*) ;;
        codebook) from=(corpus/codebooks/*.toml tests/tables/codebook.toml) ;;
        segmentation) from=(corpus/*.txt) ;;
        *) from=() ;;
    esac
    for file in "${from[@]}"; do
        if [[ $target = segmentation ]]; then cp "$file" "$corpus"; else { basename "$file" && cat "$file"; } >"$corpus/$(basename "$file")"; fi
    done
    echo "== $target"
    cargo +nightly fuzz run --release --features libfuzzer --sanitizer none "$target" "$corpus" -- \
        -max_len=20000 -len_control=20 -timeout=30 -rss_limit_mb=3000 -max_total_time="$seconds" -print_final_stats=1 2>&1 |
        grep -v '^#\|^INFO' || true # what libFuzzer found is told below
done
if compgen -G "fuzz/artifacts/*/*" >/dev/null; then
    echo "finds: $(echo fuzz/artifacts/*/*)" >&2
    exit 1
fi
