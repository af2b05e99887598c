"""Articles a second of the command and of the Python package, of the same build; and the memory that many rows take.

    python tests/benches/python.py SAYSO [--articles 400] [--rows 50000]

Give the release build of the command, with the wheel installed by `pip install ./python`. Each way runs three times, taking turns, on the articles of
the sample corpus over and over, each with an id of its own; the best time counts. Reading, analysing and writing or taking every quotation are all
counted, loading the model too. The time of processors is what can be compared where other programs run.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow
import pyarrow.parquet

import sayso

CORPUS = Path(__file__).parents[2] / "corpus"

STREAM = """
import json, sys, pyarrow.parquet, sayso
file, threads = sys.argv[1], int(sys.argv[2])
quotes = 0
for article in sayso.analyze_many(sayso.read(file), threads=threads, progress=False):
    quotes += len(article.quotes)
print(quotes)
"""

TABLE = """
import sys, sayso
file, threads = sys.argv[1], int(sys.argv[2])
run = sayso.analyze_table(file, threads=threads, progress=False)
print(run.counts["quotes"])
"""

SPARK = """
import os, sys, time
sys.path.insert(0, sys.argv[3])
os.environ["PYSPARK_PYTHON"] = sys.executable
from pyspark.sql import SparkSession
settings = {"spark.ui.enabled": "false", "spark.sql.execution.arrow.maxRecordsPerBatch": "100", "spark.driver.host": "127.0.0.1"}
builder = SparkSession.builder.master("local[2]")
for key, value in settings.items():
    builder = builder.config(key, value)
session = builder.getOrCreate()
session.sparkContext.setLogLevel("OFF")
from spark import analyse
from sayso.arrow import BatchAnalyzer
frame = session.read.parquet(sys.argv[1]).repartition(8)
began = time.perf_counter()
analyse(frame, BatchAnalyzer(table="quotes")).write.parquet(sys.argv[2])
print(time.perf_counter() - began)
"""

MEMORY = """
import resource, sys, sayso
texts = int(sys.argv[1])
seen, peaks = 0, []
text = "“Number {} is enough,” said Ana Lind, the mayor of Vik."
for article in sayso.analyze_many((text.format(n) for n in range(texts)), threads=2, progress=False):
    seen += len(article.quotes)
    if article.id.endswith(("1000", "0000")) and len(peaks) < 1000:
        peaks.append((article.id, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024))
print(seen, peaks[0][1], peaks[len(peaks) // 2][1], peaks[-1][1])
"""

def timed(arguments):
    """How long a program takes, by the clock and of processors, and what it prints."""
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    out = subprocess.run(arguments, check=True, capture_output=True, text=True).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter() - began, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, out

def main():
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sayso", type=Path)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--spark", type=Path, help="the Python that has pyspark and the wheel: measures Spark with two tasks at a time as well")
    options = parser.parse_args()
    texts = [path.read_text(encoding="utf-8") for path in sorted(CORPUS.iterdir()) if path.suffix in (".txt", ".md") and path.name != "README.md"]
    words = 0
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "articles.parquet")
        rows = [texts[at % len(texts)] + f"\n\nThis is copy {at}." for at in range(options.articles)]
        words = sum(len(text.split()) for text in rows)
        pyarrow.parquet.write_table(pyarrow.table({"id": [f"a{at}" for at in range(len(rows))], "text": rows}), file)
        command = [str(options.sayso.resolve()), "analyze", str(file), "--quiet", "--format", "csv"]
        print(f"{len(rows)} articles, {words} words; {os.cpu_count()} processors; sayso {sayso.__version__}")
        for threads in (1, 2):
            ways = {
                "command, -o": lambda at: [*command, "--threads", str(threads), "-o", f"{folder}/run-{threads}-{at}"],
                "analyze_table": lambda at: [sys.executable, "-c", TABLE, str(file), str(threads)],
                "analyze_many": lambda at: [sys.executable, "-c", STREAM, str(file), str(threads)],
            }
            times = {way: [] for way in ways}
            for turn in range(3):
                for way, make in ways.items():
                    times[way].append(timed(make(turn))[:2])
            best = {way: tuple(map(min, zip(*taken))) for way, taken in times.items()}
            for way, (seconds, processor) in best.items():
                more = processor / best["command, -o"][1] - 1
                rates = f"{len(rows) / seconds:6.1f} articles/s, {words / seconds:6.0f} words/s by the clock"
                print(f"{threads} threads, {way:14}: {rates}; {processor:6.1f} s of processors, {more:+.1%}; {words / processor:6.0f} words/s of one", flush=True)
        if options.spark:
            examples = Path(__file__).parents[2] / "python/examples"
            _, _, out = timed([options.spark, "-c", SPARK, str(file), f"{folder}/spark", str(examples)])
            seconds = float(out.split()[-1])
            print(f"Spark, two tasks of one thread, without its start: {len(rows) / seconds:.1f} articles/s, {words / seconds:.0f} words/s")
        if options.rows:
            seconds, _, out = timed([sys.executable, "-c", MEMORY, str(options.rows)])
            quotes, first, middle, last = map(int, out.split())
            print(f"{options.rows} short rows in {seconds:.0f} s, {quotes} quotations: peak memory {first} MB after 1,000, {middle} MB, {last} MB at the end")

if __name__ == "__main__":
    main()
