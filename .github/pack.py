"""Packs a program for a release: the one place, besides Cargo.toml, that knows what an archive is called and what lies in it.

    python .github/pack.py TARGET PROGRAM FOLDER

makes in FOLDER the archive that `[package.metadata.binstall]` names for the target, with the program where `bin-dir` has it, and its SHA-256 beside it
as `sha256sum -c` reads it. Equal programs give equal archives: no times, no owners.
"""

import argparse
import gzip
import hashlib
import io
import re
import tarfile
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[1]
SUFFIXES = {"tgz": ".tgz", "zip": ".zip"}
BESIDE = ["LICENSE", "README.md", "CHANGELOG.md"]


@dataclass(frozen=True)
class Names:
    """What the metadata says of one target."""

    archive: str
    program: PurePosixPath
    suffix: str

    @classmethod
    def of(cls, target: str) -> "Names":
        """Fills the templates in as cargo-binstall does."""
        package = tomllib.loads((ROOT / "Cargo.toml").read_text(encoding="utf-8"))["package"]
        metadata = package["metadata"]["binstall"]
        metadata |= metadata.get("overrides", {}).get(target, {})
        suffix = SUFFIXES[metadata["pkg-fmt"]]
        values = {
            "name": package["name"],
            "version": package["version"],
            "target": target,
            "bin": package["name"],
            "binary-ext": ".exe" if "-windows-" in target else "",
            "archive-suffix": suffix,
            "repo": package.get("repository", ""),
        }

        def filled(template: str) -> str:
            return re.sub(r"\{ ([a-z-]+) \}", lambda variable: values[variable[1]], template)

        return cls(filled(metadata["pkg-url"]).rsplit("/", 1)[1], PurePosixPath(filled(metadata["bin-dir"])), suffix)


def pack(target: str, program: Path, folder: Path) -> Path:
    """Writes the archive and its sum, and gives back where the archive lies."""
    names = Names.of(target)
    files = {str(names.program): (program, 0o755)}
    files |= {str(names.program.with_name(name)): (ROOT / name, 0o644) for name in BESIDE}
    made = io.BytesIO()
    if names.suffix == ".zip":
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, (file, mode) in files.items():
                entry = zipfile.ZipInfo(name)
                entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, mode << 16
                archive.writestr(entry, file.read_bytes())
    else:
        with gzip.GzipFile(fileobj=made, mode="wb", mtime=0) as packed, tarfile.open(fileobj=packed, mode="w") as archive:
            for name, (file, mode) in files.items():
                entry = tarfile.TarInfo(name)
                entry.size, entry.mode = file.stat().st_size, mode
                with file.open("rb") as source:
                    archive.addfile(entry, source)
    folder.mkdir(parents=True, exist_ok=True)
    at = folder / names.archive
    at.write_bytes(made.getvalue())
    at.with_name(f"{at.name}.sha256").write_text(f"{hashlib.sha256(made.getvalue()).hexdigest()}  {at.name}\n", encoding="utf-8", newline="\n")
    return at


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("target")
    parser.add_argument("program", type=Path)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    print(pack(options.target, options.program, options.folder))
