"""Runs the recipe of one engine on the forty articles of rows.py, once in peace and once with a worker killed in the middle, and compares the rows
with those of one machine. `python engines.py spark|ray|dask HASH`, with the hash that rows.py prints; tests/scale.sh calls it."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow
import pyarrow.dataset
import pyarrow.parquet
from rows import CODEBOOK, COLUMNS, ROOT, articles, digest

from sayso.arrow import BatchAnalyzer

EXAMPLES = ROOT / "python/examples"
FILES = 8


@dataclass(frozen=True)
class Killed(BatchAnalyzer):
    """The same, but that the first process to have analysed three batches dies: once, which a file at `mark` tells."""

    mark: str = ""

    def __call__(self, batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        cut = (part for batch in batches for part in pyarrow.Table.from_batches([batch]).to_batches(max_chunksize=1))
        for number, made in enumerate(super().__call__(cut), 1):
            yield made
            if number == 3:
                try:
                    os.close(os.open(self.mark, os.O_CREAT | os.O_EXCL))
                except FileExistsError:
                    continue
                os.kill(os.getpid(), signal.SIGKILL)


def run_spark(source: str, target: str, analyzer: BatchAnalyzer) -> None:
    """By two workers of a cluster of their own on this machine, each with one core."""
    from pyspark.sql import SparkSession
    from spark import analyse

    os.environ["PYSPARK_PYTHON"] = sys.executable
    paths = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    settings = {
        "spark.sql.execution.arrow.maxRecordsPerBatch": "2",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.executorEnv.PYTHONPATH": os.pathsep.join([*paths, str(EXAMPLES), str(Path(__file__).parent)]),
        "spark.sql.files.maxPartitionBytes": "64k",
        "spark.sql.files.openCostInBytes": "64k",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.parquet.compression.codec": "zstd",  # see main()
    }
    builder = SparkSession.builder.master("local-cluster[2,1,1024]").appName("sayso-test")
    for key, value in settings.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")  # a killed worker is no news here
    frame = session.read.parquet(source)
    assert frame.rdd.getNumPartitions() >= 4, "several tasks for two workers"
    analyse(frame, analyzer).write.parquet(target)


def run_ray(source: str, target: str, analyzer: BatchAnalyzer) -> None:
    """By two workers of a cluster on this machine."""
    import ray
    from ray_data import analyse

    paths = [*os.environ.get("PYTHONPATH", "").split(os.pathsep), str(EXAMPLES), str(Path(__file__).parent)]
    if not ray.is_initialized():
        environment = {"env_vars": {"PYTHONPATH": os.pathsep.join(paths)}}
        ray.init(num_cpus=2, runtime_env=environment, include_dashboard=False, log_to_driver=False, object_store_memory=200 << 20)
    ray.data.DataContext.get_current().enable_progress_bars = False
    analyse(ray.data.read_parquet(source, override_num_blocks=FILES), analyzer).write_parquet(target)


def run_dask(source: str, target: str, analyzer: BatchAnalyzer) -> None:
    """By two processes on this machine."""
    import dask.dataframe
    from dask_frames import analyse
    from distributed import Client, LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=60) as cluster, Client(cluster):
        frame = dask.dataframe.read_parquet(source, split_row_groups=True, aggregate_files=False)
        assert frame.npartitions >= 4, "several tasks for two workers"
        analyse(frame, analyzer).to_parquet(target, schema=analyzer.schema, write_index=False)


ENGINES: dict[str, Callable[[str, str, BatchAnalyzer], None]] = {"spark": run_spark, "ray": run_ray, "dask": run_dask}


def main(engine: str, wanted: str) -> None:
    """Compares the rows."""
    warnings.filterwarnings("ignore", category=FutureWarning, module="pyspark")
    os.chdir(ROOT)
    sys.path[:0] = [str(EXAMPLES), str(Path(__file__).parent)]
    import engines  # as workers know it, not as __main__

    table = articles()
    with tempfile.TemporaryDirectory(prefix="sayso-engine-") as folder:
        source = Path(folder, "articles")
        source.mkdir()
        # Not in Snappy: where a machine has musl beside its own libc, as for tests/static.sh, Spark's takes the library for musl and cannot load it.
        for number in range(FILES):
            pyarrow.parquet.write_table(table.slice(number * 5, 5), source / f"{number}.parquet", compression="zstd")
        # Ray hands on Arrow as it is; the others turn lists into types of their own.
        for name in ("quotes",) if engine == "ray" else ("quotes", None):
            plain = BatchAnalyzer(table=name, codebook=CODEBOOK)
            expected = pyarrow.Table.from_batches(plain(table.to_batches()), schema=plain.schema)
            columns = expected.column_names
            one_machine = digest(expected.to_pylist(), columns)
            mark = Path(folder, f"killed-{name}")
            killed = engines.Killed(table=name, codebook=CODEBOOK, mark=str(mark))
            ways = [("in peace", plain), ("with a worker killed", killed)] if name else [("as lists", plain)]
            for what, analyzer in ways:
                began = time.monotonic()
                target = Path(folder, f"{name}-{len(what)}")
                ENGINES[engine](str(source), str(target), analyzer)
                rows = pyarrow.dataset.dataset(target, format="parquet", exclude_invalid_files=True).to_table().to_pylist()
                assert len(rows) == len(expected) > 30, f"{engine} {what}: {len(rows)} rows, not {len(expected)}"
                assert digest(rows, columns) == one_machine, f"{engine} {what}: other rows"
                assert what != "with a worker killed" or mark.exists(), "a worker was killed"
                found = digest(rows, COLUMNS) if name else ""
                assert not name or found == wanted, f"{engine} {what}: other quotations than the command's, {found}"
                print(f"{engine} {what}: {len(rows)} rows in {time.monotonic() - began:.0f} s {found}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
