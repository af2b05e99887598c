"""Which dependencies of the ordinary build have code that the compiler does not check: `unsafe`, or C. Fails where src/docs/supply-chain.md does not name
one of them, or names one that is none any more. `--counts` prints how often the word stands in each."""

import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "src/docs/supply-chain.md"
# Comments and strings, in which the word means nothing. A lifetime or a character is no string.
QUOTED = re.compile(r'//[^\n]*|/\*.*?\*/|r(#+)".*?"\1|"(?:\\.|[^"\\])*"', re.DOTALL)


def dependencies() -> list[dict]:
    """The packages that become part of the program, without those that only run while it is compiled."""
    command = ["cargo", "metadata", "--format-version", "1", "--locked", "--filter-platform", "x86_64-unknown-linux-gnu"]
    tree = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)
    packages = {package["id"]: package for package in tree["packages"]}
    nodes = {node["id"]: node for node in tree["resolve"]["nodes"]}
    found, waiting = set(), [id for id, package in packages.items() if package["name"] == "sayso"]
    while waiting:
        id = waiting.pop()
        if id in found or any("proc-macro" in target["kind"] for target in packages[id]["targets"]):
            continue
        found.add(id)
        parts = (link for link in nodes[id]["deps"] if any(kind["kind"] is None for kind in link["dep_kinds"]))
        waiting += [link["pkg"] for link in parts]
    return [packages[id] for id in found if packages[id]["source"]]


def unsafe_words(folder: pathlib.Path) -> int:
    texts = (file.read_text(errors="replace") for file in (folder / "src").rglob("*.rs"))
    return sum(len(re.findall(r"\bunsafe\b", QUOTED.sub("", text))) for text in texts)


def compiles_c(package: dict, folder: pathlib.Path) -> bool:
    scripts = [target["src_path"] for target in package["targets"] if "custom-build" in target["kind"]]
    return any("cc::Build" in pathlib.Path(script).read_text() for script in scripts)


def main() -> None:
    counts, with_c = {}, set()
    for package in dependencies():
        folder = pathlib.Path(package["manifest_path"]).parent
        if count := unsafe_words(folder):
            counts[package["name"]] = counts.get(package["name"], 0) + count
        if compiles_c(package, folder):
            with_c.add(package["name"])
    if "--counts" in sys.argv:
        for name, count in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])):
            print(f"{count:6} {name}")
    unchecked, c = PAGE.read_text().split("\n## C\n")
    unchecked = unchecked.split("\n## Code that the compiler does not check\n")[1]
    told = {"unsafe": (set(counts), set(re.findall(r"(?<= )`([\w-]+)`", table_column(unchecked)))), "C": (with_c, set(re.findall(r"`([\w-]+)`", table_column(c))))}
    faults = [f"{name} has {what}, and {PAGE.name} does not say so" for what, (has, named) in told.items() for name in sorted(has - named)]
    faults += [f"{name} has no {what}, as {PAGE.name} says" for what, (has, named) in told.items() for name in sorted(named - has)]
    if faults:
        sys.exit("\n".join(faults))
    print(f"supply: {len(counts)} crates with unsafe code, {len(with_c)} with C, all told in {PAGE.name}")


def table_column(part: str) -> str:
    """The second column of the table in a part of the page."""
    rows = (line.split("|") for line in part.splitlines() if line.startswith("|"))
    return "\n".join(f" {row[2]}" for row in rows)


if __name__ == "__main__":
    main()
