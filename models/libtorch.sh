#!/usr/bin/env bash
# Fetches libtorch 2.4.0 with pip, from whatever index pip is set up for, and prints the settings that a build with it needs:
#
#   eval "$(bash models/libtorch.sh)"           # for the processor: 812 MB to fetch, 530 MB kept
#   cargo build --release --features libtorch
#
#   eval "$(bash models/libtorch.sh --cuda)"    # for NVIDIA GPUs: 2.9 GB to fetch, 6 GB kept
#
# A second argument names another folder than target/libtorch. What lies there already is used as it is. For a libtorch of your own:
#
#   eval "$(bash models/libtorch.sh --own DIR)" # checks it, fetches nothing
set -euo pipefail

torch=2.4.0 cuda=12.1.105
root="$(cd "$(dirname "$0")/.." && pwd)"
kind=cpu
if [[ "${1:-}" == --cuda || "${1:-}" == --own ]]; then kind="${1#--}"; shift; fi
python="${PYTHON:-python3}"

fail() { echo "models/libtorch.sh: error: $1" >&2; exit 1; }

# What torch-sys would say in a page of compiler output, in a line.
own() {
    local fetch="or have it fetched: bash models/libtorch.sh" version
    [[ -f "$dir/include/torch/csrc/api/include/torch/torch.h" ]] || fail "$dir has no headers of libtorch: name the folder with include/ and lib/ in it, $fetch"
    [[ -e "$dir/lib/libtorch_cpu.so" && -e "$dir/lib/libc10.so" ]] || fail "$dir/lib has no libtorch_cpu.so and libc10.so: unpack libtorch $torch whole, $fetch"
    version="$(cat "$dir/build-version" 2>/dev/null || true)"
    [[ "${version%%+*}" == "$torch" ]] || fail "$dir is libtorch ${version:-without a build-version}, tch wants $torch: unpack that, $fetch"
    local abi=1
    if grep -q ErrorC1ENS_14SourceLocationESs "$dir/lib/libc10.so"; then abi=0; fi # Ss is a std::string of the old ABI, as in PyTorch's wheels
    echo "export LIBTORCH='$dir' LIBTORCH_CXX11_ABI=$abi; unset LIBTORCH_USE_PYTORCH"
}
if [[ "$kind" == own ]]; then
    [[ -d "${1:-}" ]] || fail "there is no folder ${1:-}: --own needs the one of a libtorch $torch"
    dir="$(cd "$1" && pwd)"
    own
    exit
fi

dir="${1:-$root/target/libtorch}"
mkdir -p "$dir" && dir="$(cd "$dir" && pwd)"
command -v "$python" >/dev/null || fail "there is no $python: install Python 3.8 or later with pip, or name one as PYTHON"
[[ "$(uname -sm)" == "Linux x86_64" ]] || fail "this script is for Linux on x86_64: elsewhere unpack libtorch $torch and set LIBTORCH to its folder"

# The wheels of PyTorch itself: libtorch's headers and libraries are in them.
fetch() {
    # Nothing in them is run, so any Python will do.
    "$python" -m pip download --quiet --no-deps --only-binary=:all: --python-version 311 --platform manylinux1_x86_64 --dest "$dir/wheels" "$@" >&2 ||
        fail "pip cannot fetch $*: it needs an index with PyTorch's wheels"
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
    "$dir/cuda/bin/pip" install --quiet "torch==$torch" "numpy<2" setuptools >&2 || fail "pip cannot install torch==$torch: it is for Python 3.8 to 3.12, name one as PYTHON"
}

"$kind"
if [[ "$kind" == cpu ]]; then
    echo "export LIBTORCH='$dir' LIBTORCH_CXX11_ABI=0; unset LIBTORCH_USE_PYTORCH"
else
    echo "export LIBTORCH_USE_PYTORCH=1 VIRTUAL_ENV='$dir/cuda' PATH='$dir/cuda/bin':\"\$PATH\"; unset LIBTORCH LIBTORCH_CXX11_ABI"
fi
