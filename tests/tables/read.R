# Reads every table of a report with readr and with read.csv, without options, and compares counts and types; runs the documentation's lines of R.
arguments <- commandArgs(trailingOnly = TRUE)
report <- normalizePath(arguments[1])
wanted <- read.delim(arguments[2], header = FALSE, col.names = c("table", "rows", "column", "type", "full"), quote = "")
script <- sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))
docs <- normalizePath(file.path(dirname(script), "../../src/docs/report.md"))

is_right <- function(type, values) {
  switch(type,
    count = is.numeric(values),
    number = is.numeric(values),
    flag = is.logical(values),
    is.character(values) || inherits(values, "Date")
  )
}

for (table in unique(wanted$table)) {
  columns <- wanted[wanted$table == table, ]
  path <- file.path(report, paste0(table, ".csv"))
  frame <- readr::read_csv(path, show_col_types = FALSE, progress = FALSE)
  stopifnot(identical(names(frame), columns$column), nrow(frame) == columns$rows[1], nrow(readr::problems(frame)) == 0)
  for (at in which(as.logical(columns$full))) {
    if (!is_right(columns$type[at], frame[[at]])) stop(table, ": ", columns$column[at], " is ", class(frame[[at]]), ", not ", columns$type[at])
  }
  base <- read.csv(path)
  stopifnot(identical(names(base), columns$column), nrow(base) == columns$rows[1])
  cat(table, ": ", nrow(frame), " rows, ", ncol(frame), " columns: readr, read.csv\n", sep = "")
}

lines <- readLines(docs, encoding = "UTF-8")
starts <- which(lines == "```r")
stopifnot(length(starts) == 5)
setwd(report)
for (start in starts) {
  end <- start + which(lines[-seq_len(start)] == "```")[1]
  block <- lines[(start + 1):(end - 1)]
  stopifnot(length(block) <= 3)
  shown <- capture.output(print(eval(parse(text = block), new.env())))
  stopifnot(length(shown) > 2)
}
cat("R of the documentation: runs\n")
