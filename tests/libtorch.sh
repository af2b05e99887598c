#!/usr/bin/env bash
# The second engine's tests, apart from the gate: fetches libtorch, has PyTorch make tiny models of every family, builds and tests the feature.
set -euo pipefail
cd "$(dirname "$0")/.."

work="$PWD/target/libtorch"
mkdir -p target
skip() { echo "skipped: $1" | tee -a target/skipped.txt >&2; } # the gate tells of it at its end
# A machine that cannot fetch libtorch has nothing to build against; the step says so and ends.
if ! settings="$(KEEP_WHEELS=1 bash models/libtorch.sh)"; then
    skip "libtorch could not be fetched, the feature libtorch was not built"
    exit 0
fi
eval "$settings"

# PyTorch on the processor out of the same wheel: what it wants of CUDA are names alone, so that empty libraries do, and one small wheel.
families() {
    local venv="$work/venv" stubs="$work/stubs" python="${PYTHON:-python3}"
    mkdir -p "$stubs"
    "$python" -m pip download --quiet --no-deps --only-binary=:all: --dest "$work/wheels" nvidia-nvtx-cu12==12.1.105
    "$python" -m venv "$venv"
    "$venv/bin/pip" install --quiet --no-compile transformers==4.44.2 'numpy<2' filelock typing_extensions sympy networkx jinja2 fsspec
    "$venv/bin/pip" install --quiet --no-compile --no-deps --find-links "$work/wheels" torch==2.4.0
    "$python" -m zipfile -e "$work"/wheels/nvidia_nvtx_cu12-*.whl "$work/nvtx"
    cp "$work"/nvtx/nvidia/nvtx/lib/libnvToolsExt.so.1 "$stubs"
    for name in libcusparse.so.12 libcufft.so.11 libcurand.so.10 libcublas.so.12 libcublasLt.so.12 libcudnn.so.9 libnccl.so.2 libcusolver.so.11; do
        echo "" | cc -shared -x c - -Wl,-soname,"$name" -o "$stubs/$name"
    done
    LD_LIBRARY_PATH="$stubs:$LIBTORCH/lib" "$venv/bin/python" tests/families.py target/families corpus
    rm -r "$venv" "$work/nvtx" "$work/wheels" # 2 GB
}
[[ -e target/families/complete ]] || families || true
[[ -e target/families/complete ]] || skip "the comparison with PyTorch, which wants Python 3.8 to 3.12 with venv"

cargo clippy --lib --features libtorch -- -D warnings # what the feature adds; all else is linted by the gate
cargo test --features libtorch --lib -- encoder::
cargo test --features libtorch --test cli -- engine::
