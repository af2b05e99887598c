"""Apache Spark: the quotations of a folder of Parquet files, written as Parquet.

    pip install sayso[arrow] "pyspark[sql]"          # and Java 17 or later
    spark-submit spark.py articles/ quotes/ --codebook policy-agenda

A task that fails, or whose machine does, is run again by Spark; its half-written output is thrown away, so that no row is there twice. Give each
task one core and `threads=1`, which is what Spark counts with.
"""

from __future__ import annotations

import argparse
from typing import Any

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.pandas.types import from_arrow_schema

from sayso.arrow import BatchAnalyzer


def analyse(articles: DataFrame, analyzer: BatchAnalyzer) -> DataFrame:
    """The rows that `analyzer` makes of a frame with an article a row."""
    return articles.mapInArrow(lambda batches: analyzer(batches), from_arrow_schema(analyzer.schema))


def main(arguments: list[str] | None = None) -> None:
    """Reads, analyses and writes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", help="Parquet files with an article a row")
    parser.add_argument("output", help="a folder that is not there yet")
    parser.add_argument("--table", default="quotes", help="which rows: quotes, speakers, theme_sentences …; 'all' for an article a row")
    parser.add_argument("--codebook", help="a codebook inside the program, or a file that every machine has")
    parser.add_argument("--partitions", type=int, help="how many tasks; some hundred articles each is a good size")
    options = parser.parse_args(arguments)
    # Batches are what is in memory at a time; Spark's own size, 10,000 articles, is too many.
    settings: dict[str, Any] = {"spark.sql.execution.arrow.maxRecordsPerBatch": "100"}
    builder = SparkSession.builder.appName("sayso")
    for key, value in settings.items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    articles = spark.read.parquet(options.articles)
    if options.partitions:
        articles = articles.repartition(options.partitions)
    analyzer = BatchAnalyzer(table=None if options.table == "all" else options.table, codebook=options.codebook)
    analyse(articles, analyzer).write.parquet(options.output)


if __name__ == "__main__":
    main()
