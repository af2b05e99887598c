"""Dask: the quotations of a folder of Parquet files, written as Parquet.

    pip install sayso[arrow] "dask[dataframe]" distributed
    python dask_frames.py articles/ quotes/ --codebook policy-agenda      # or --scheduler tcp://HOST:8786

A partition whose worker dies is computed again by another; it is a file of its own, which is written once more whole.
"""

from __future__ import annotations

import argparse


import dask.dataframe
import pandas
import pyarrow
from distributed import Client

from sayso.arrow import BatchAnalyzer


def _rows(articles: pandas.DataFrame, analyzer: BatchAnalyzer) -> pandas.DataFrame:
    batches = pyarrow.Table.from_pandas(articles, preserve_index=False).to_batches(max_chunksize=100)
    rows = pyarrow.Table.from_batches(analyzer(batches), schema=analyzer.schema)
    return rows.to_pandas(types_mapper=pandas.ArrowDtype)


def analyse(articles: dask.dataframe.DataFrame, analyzer: BatchAnalyzer) -> dask.dataframe.DataFrame:
    """The rows that `analyzer` makes of a frame with an article a row."""
    none = analyzer.schema.empty_table().to_pandas(types_mapper=pandas.ArrowDtype)
    return articles.map_partitions(_rows, analyzer, meta=none)


def main(arguments: list[str] | None = None) -> None:
    """Reads, analyses and writes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", help="Parquet files with an article a row")
    parser.add_argument("output", help="a folder")
    parser.add_argument("--table", default="quotes", help="which rows: quotes, speakers, theme_sentences …; 'all' for an article a row")
    parser.add_argument("--codebook", help="a codebook inside the program, or a file that every machine has")
    parser.add_argument("--scheduler", help="the address of a cluster; without one, the processors of this machine")
    options = parser.parse_args(arguments)
    analyzer = BatchAnalyzer(table=None if options.table == "all" else options.table, codebook=options.codebook)
    with Client(options.scheduler) if options.scheduler else Client(threads_per_worker=1):
        articles = dask.dataframe.read_parquet(options.articles)
        analyse(articles, analyzer).to_parquet(options.output, schema=analyzer.schema, write_index=False)


if __name__ == "__main__":
    main()
