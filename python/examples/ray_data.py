"""Ray Data: the quotations of a folder of Parquet files, written as Parquet.

    pip install sayso[arrow] "ray[data]"
    python ray_data.py articles/ quotes/ --codebook policy-agenda

A task whose worker dies is run again by Ray, and its rows are taken once.
"""

from __future__ import annotations

import argparse

import ray

from sayso.arrow import BatchAnalyzer


def analyse(articles: ray.data.Dataset, analyzer: BatchAnalyzer) -> ray.data.Dataset:
    """The rows that `analyzer` makes of a data set with an article a row."""
    return articles.map_batches(analyzer.table_of, batch_format="pyarrow", batch_size=100, num_cpus=1)


def main(arguments: list[str] | None = None) -> None:
    """Reads, analyses and writes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", help="Parquet files with an article a row")
    parser.add_argument("output", help="a folder")
    parser.add_argument("--table", default="quotes", help="which rows: quotes, speakers, theme_sentences …; 'all' for an article a row")
    parser.add_argument("--codebook", help="a codebook inside the program, or a file that every machine has")
    options = parser.parse_args(arguments)
    analyzer = BatchAnalyzer(table=None if options.table == "all" else options.table, codebook=options.codebook)
    analyse(ray.data.read_parquet(options.articles), analyzer).write_parquet(options.output)


if __name__ == "__main__":
    main()
