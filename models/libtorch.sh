#!/usr/bin/env bash
# Fetches libtorch 2.4.0 with pip, from whatever index pip is set up for, and prints the settings that a build with it needs:
#
#   eval "$(bash models/libtorch.sh)"           # for the processor: 812 MB to fetch, 530 MB kept
#   cargo build --release --features libtorch
#
#   eval "$(bash models/libtorch.sh --cuda)"    # for NVIDIA GPUs: 2.9 GB to fetch, 6 GB kept
#
# A second argument names another folder than target/libtorch. What lies there already is used as it is.
set -euo pipefail

torch=2.4.0 cuda=12.1.105
root="$(cd "$(dirname "$0")/.." && pwd)"
kind=cpu
if [[ "${1:-}" == --cuda ]]; then kind=cuda; shift; fi
dir="${1:-$root/target/libtorch}"
mkdir -p "$dir" && dir="$(cd "$dir" && pwd)"
python="${PYTHON:-python3}"

fail() { echo "models/libtorch.sh: error: $1" >&2; exit 1; }
command -v "$python" >/dev/null || fail "there is no $python: install Python 3.8 to 3.12 with pip, or name one as PYTHON"
[[ "$(uname -sm)" == "Linux x86_64" ]] || fail "this script is for Linux on x86_64: elsewhere unpack libtorch $torch and set LIBTORCH to its folder"

# The wheels of PyTorch itself: libtorch's headers and libraries are in them.
fetch() {
    "$python" -m pip download --quiet --no-deps --only-binary=:all: --dest "$dir/wheels" "$@" >&2 ||
        fail "pip cannot fetch $*: it needs an index with PyTorch's wheels, and Python 3.8 to 3.12"
}

cpu() {
    [[ "$(cat "$dir/build-version" 2>/dev/null)" == "$torch" ]] && return
    echo "fetching libtorch $torch for the processor: 812 MB" >&2
    fetch "torch==$torch" "nvidia-cuda-runtime-cu12==$cuda" "nvidia-cuda-cupti-cu12==$cuda"
    "$python" - "$dir" <<'PYTHON'
import pathlib
import shutil
import sys
import zipfile

to = pathlib.Path(sys.argv[1])
LIBRARIES = ("libtorch_cpu.so", "libc10.so", "libgomp-", "libcudart.so", "libcupti.so")  # all that the processor's half is linked to
for wheel in sorted((to / "wheels").glob("*.whl")):
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            file = name.rsplit("/", 1)[-1]
            if name.startswith("torch/include/"):
                place = to / name.removeprefix("torch/")
            elif file.startswith(LIBRARIES):
                place = to / "lib" / file
            else:
                continue
            if not name.endswith("/"):
                place.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(name) as source, open(place, "wb") as target:
                    shutil.copyfileobj(source, target)
PYTHON
    ln -sf libtorch_cpu.so "$dir/lib/libtorch.so"
    [[ -n "${KEEP_WHEELS:-}" ]] || rm -r "$dir/wheels"
    echo "$torch" >"$dir/build-version" # last: it says that all the rest is there, and tch checks it
}

cuda() {
    [[ -x "$dir/cuda/bin/python" ]] || "$python" -m venv "$dir/cuda"
    "$dir/cuda/bin/python" -c "import torch; assert torch.__version__.startswith('$torch')" 2>/dev/null && return
    echo "fetching PyTorch $torch with CUDA: 2.9 GB" >&2
    "$dir/cuda/bin/pip" install --quiet "torch==$torch" "numpy<2" setuptools >&2 || fail "pip cannot install torch==$torch"
}

"$kind"
if [[ "$kind" == cpu ]]; then
    echo "export LIBTORCH='$dir' LIBTORCH_CXX11_ABI=0; unset LIBTORCH_USE_PYTORCH"
else
    echo "export LIBTORCH_USE_PYTORCH=1 VIRTUAL_ENV='$dir/cuda' PATH='$dir/cuda/bin':\"\$PATH\"; unset LIBTORCH LIBTORCH_CXX11_ABI"
fi
