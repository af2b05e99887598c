#!/usr/bin/env bash
# The static program of releases and of the Dockerfile: builds it for musl, sees that it asks for no library, runs it on the sample corpus in a root
# that holds nothing else, without a network and as nobody in particular, and compares its whole report with that of the ordinary program (SAYSO, or
# target/debug/sayso). Packs it as a release does. STATIC names one that is built already. Says what was not run where something cannot be had.
set -euo pipefail
cd "$(dirname "$0")/.."

not_tested() { echo "$1 NOT TESTED: $2" >&2; }
has() { command -v "$1" >/dev/null 2>&1; }
has_python() { python3 -c 'import tomllib, yaml' >/dev/null 2>&1; }
if { ! has musl-gcc || ! has_python; } && [[ "$(id -u)" == 0 ]] && has apt-get; then
    apt-get update -q && apt-get install -qy --no-install-recommends musl-tools python3-yaml || true
fi
if has_python; then python3 tests/release.py; else not_tested "the names of a release" "there is no Python 3.11 with yaml"; fi

ends() {
    not_tested "the static program" "$1"
    exit 0
}
[[ "$(uname -s)" == Linux ]] || ends "it is one for Linux"
target="$(uname -m)-unknown-linux-musl"
if [[ -z "${STATIC:-}" ]]; then
    has musl-gcc || ends "there is no musl-gcc for what is written in C"
    rustup target add "$target" >/dev/null 2>&1 || ends "there is no standard library of Rust for $target"
    export "CC_${target//-/_}=musl-gcc"
    cargo build --quiet --locked --profile static --target "$target" --bin sayso
fi
static=$(realpath "${STATIC:-target/$target/static/sayso}")
sayso=$(realpath "${SAYSO:-target/debug/sayso}")

asks=$(readelf --wide --program-headers --dynamic "$static" | grep 'INTERP\|NEEDED' || true)
if [[ -n "$asks" ]]; then
    echo "$static is not static: $asks" >&2
    exit 1
fi

# As the Dockerfile has it: the program, a folder for articles and reports, one for what waits on the disk.
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
root="$scratch/root"
mkdir -p "$root/tmp" "$root/data"
cp "$static" "$root/sayso"
cp -r corpus "$root/data/corpus"
chmod 755 "$scratch" "$root"
chmod 1777 "$root/data" "$root/tmp"
inside() { env -i "${alone[@]}" /sayso "$@"; }
alone=(unshare --net --root "$root" --wd /data --setuid 65532 --setgid 65532)
where="in an empty root without a network, as user 65532"
if ! inside --version >/dev/null 2>&1; then
    alone=(unshare --map-root-user --net --root "$root" --wd /data)
    where="in an empty root without a network"
fi
if ! inside --version >/dev/null 2>&1; then # where a machine allows no room of its own to anybody
    alone=(env "--chdir=$root/data" "$root/sayso")
    inside() { env -i "${alone[@]}" "$@"; }
    where="without an environment; an empty root was not allowed"
fi

told=(analyze corpus --codebook policy-agenda --format csv,json,html,parquet,xlsx,sqlite --quiet -o)
inside "${told[@]}" run
"$sayso" "${told[@]}" "$scratch/ordinary"
[[ "$(wc -l <"$scratch/ordinary/quotes.csv")" -gt 300 ]]
diff -r "$scratch/ordinary" "$root/data/run"
echo "static: runs $where; its report of the sample corpus is the ordinary program's, byte for byte"

has_python || exit 0
archive=$(python3 .github/pack.py "$target" "$static" "$scratch/dist")
(cd "$scratch/dist" && sha256sum --check --quiet ./*.sha256 && tar xzf "$archive")
cmp "$scratch"/dist/*/sayso "$static"
echo "static: $(basename "$archive"), $(($(stat --format %s "$archive") / 1000000)) MB, holds it"
