"""Measures how many articles a second are read from each format, beside trafilatura (Python) for HTML and pdftotext for PDF.

    python3 -m venv /tmp/inputs && /tmp/inputs/bin/pip install trafilatura lxml_html_clean     # 2.3.1 was measured
    apt-get install poppler-utils                                              # 22.12 was measured
    cargo build --release
    /tmp/inputs/bin/python tests/benches/inputs.py [--copies 300]

What is read: the samples of tests/formats and tests/ingest, each format for itself, copied so often that its articles are about as many as
--copies says; collections (CSV, mbox, …) are copied as files. Who reads:

- sayso: `sayso kwic WORD FOLDER` for a word that stands nowhere: starts, reads every file, finds the articles, cuts them into sentences
  and words, on one thread, without the model. The time of the same command on one article is taken off, as start.
- trafilatura: `trafilatura.extract` with its fallbacks, in one process that has it loaded; reading the file counts.
- pdftotext: one process a file, as it has no other way; `pdftotext -layout` would cost about the same.

Each figure is the best of three runs. The load that others put on the machine is printed at the end.
"""

import argparse
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FORMATS = {
    "plain text": ["tests/formats/*.txt"],
    "HTML": ["tests/ingest/pages/*.html", "tests/ingest/documents/*.html"],
    "PDF": ["tests/ingest/documents/kenya*.pdf", "tests/ingest/documents/japan*.pdf", "tests/ingest/documents/taiwan*.pdf"],
    "DOCX": ["tests/ingest/documents/*.docx"],
    "ODT": ["tests/ingest/documents/*.odt"],
    "RTF": ["tests/ingest/documents/*.rtf"],
    "EPUB": ["tests/ingest/documents/*.epub"],
    "TEI": ["tests/ingest/documents/*.tei.xml"],
    "CSV": ["tests/formats/articles.csv"],
    "JSON lines": ["tests/formats/articles.jsonl"],
    "XLSX": ["tests/formats/articles.xlsx"],
    "Parquet": ["tests/formats/articles.parquet"],
    "feed": ["tests/formats/feed.xml"],
    "mbox": ["tests/formats/alerts.mbox"],
    "WARC": ["tests/formats/pages.warc"],
    "ZIP": ["tests/formats/articles.zip"],
    "Nexis, HTML": ["tests/ingest/exports/nexis.html"],
    "Factiva, RTF": ["tests/ingest/exports/factiva.rtf"],
    "ProQuest, text": ["tests/ingest/exports/proquest.txt"],
    "Europresse, HTML": ["tests/ingest/exports/europresse.html"],
}


def best(times, run):
    results = []
    for _ in range(times):
        begun = time.perf_counter()
        run()
        results.append(time.perf_counter() - begun)
    return min(results)


def articles_read(sayso, folder):
    said = subprocess.run([sayso, "kwic", "Zyzzyva", folder], capture_output=True, text=True).stderr.strip().splitlines()
    return int(said[-1].split(" in ")[1].split(" of ")[1].split()[0].replace(",", ""))


def filled(folder, patterns, copies, sayso):
    """A folder of copies whose articles are about as many as `copies`."""
    files = [file for pattern in patterns for file in sorted(ROOT.glob(pattern))]
    once = folder / "once"
    once.mkdir(parents=True)
    for file in files:
        shutil.copy(file, once)
    count = max(articles_read(sayso, once), 1)
    many = folder / "many"
    many.mkdir()
    for number in range(max(copies // count, 1)):
        for file in files:
            shutil.copy(file, many / f"{number:05}-{file.name}")
    return many


def quiet(command):
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def python_trafilatura(files):
    import trafilatura

    for file in files:
        trafilatura.extract(file.read_bytes())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--copies", type=int, default=300, help="about how many articles of each format [%(default)s]")
    parser.add_argument("--sayso", type=Path, default=ROOT / "target/release/sayso", help="the program")
    args = parser.parse_args()
    sayso = args.sayso.resolve()
    print(f"{'format':<18} {'articles':>9} {'sayso, a second':>16} {'other, a second':>16}")
    with tempfile.TemporaryDirectory(prefix="sayso-inputs-") as place:
        place = Path(place)
        (place / "one.txt").write_text("A ferry left.\n")
        start = best(3, lambda: quiet([sayso, "kwic", "Zyzzyva", place / "one.txt"]))
        for at, (name, patterns) in enumerate(FORMATS.items()):
            many = filled(place / str(at), patterns, args.copies, sayso)
            count = articles_read(sayso, many)
            took = best(3, lambda: quiet([sayso, "kwic", "Zyzzyva", many])) - start
            other = ""
            files = sorted(many.iterdir())
            if name == "HTML":
                python_trafilatura(files[:1])
                other = f"{len(files) / best(3, lambda: python_trafilatura(files)):16.1f}  trafilatura"
            if name == "PDF":
                other = f"{len(files) / best(3, lambda: [quiet(['pdftotext', file, '-']) for file in files]):16.1f}  pdftotext"
            print(f"{name:<18} {count:9} {count / max(took, 1e-4):16.1f} {other}", flush=True)
            shutil.rmtree(place / str(at))
    print("load of the machine, 1 and 15 minutes: {0:.1f} {2:.1f}".format(*os.getloadavg()))


if __name__ == "__main__":
    main()
