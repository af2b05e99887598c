"""What .github/workflows/release.yml makes is what `cargo binstall` looks for by Cargo.toml, for every platform; tests/static.sh calls it."""

import re
import sys
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / ".github"))
from pack import Names  # noqa: E402

PROMISED = {
    "x86_64-unknown-linux-musl",
    "aarch64-unknown-linux-musl",
    "x86_64-apple-darwin",
    "aarch64-apple-darwin",
    "x86_64-pc-windows-msvc",
}

for file in sorted((ROOT / ".github/workflows").glob("*.yml")):
    workflow = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert True in workflow, f"{file.name} says when it runs"  # YAML 1.1 reads the key `on` as a flag
    for name, job in workflow["jobs"].items():
        for step in job["steps"]:
            assert ("uses" in step) != ("run" in step), f"{file.name}: {name}: a step either uses an action or runs lines"
            assert "uses" not in step or re.search(r"@v\d", step["uses"]), f"{file.name}: {step['uses']} has a version"

workflow = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8"))
package = tomllib.loads((ROOT / "Cargo.toml").read_text(encoding="utf-8"))["package"]
metadata = package["metadata"]["binstall"]
built = [one["target"] for one in workflow["jobs"]["program"]["strategy"]["matrix"]["include"]]
assert len(built) == len(set(built)) and set(built) == PROMISED, f"programs are built for {built}"
assert set(metadata["overrides"]) <= PROMISED, "an override is for a target that is built"
assert "/releases/download/v{ version }/" in metadata["pkg-url"] and workflow[True]["push"]["tags"] == ["v*"], "a release is where its tag is"

runs = {step.get("name", ""): step["run"] for job in workflow["jobs"].values() for step in job["steps"] if "run" in step}
assert "python .github/pack.py ${{ matrix.target }} " in runs["Pack"], "archives are named by pack.py"
attached = re.findall(r"\*(\.\w+)", runs["Publish"].rsplit("gh release create", 1)[1])
for target in built:
    names = Names.of(target)
    assert target in names.archive and package["version"] in names.archive, f"{names.archive} tells what it is"
    assert names.archive.removesuffix(names.suffix) == names.program.parts[0], f"{names.archive} unpacks into a folder of its name"
    assert names.program.name == ("sayso.exe" if "windows" in target else "sayso"), f"{names.program} is the program"
    assert names.suffix in attached, f"{names.archive} is attached to the release"
print(f"releases: {len(built)} archives are named as cargo binstall looks for them")
