# Articles a second of the command and of the R package, of the same build; and the memory that many rows take.
#
#     Rscript tests/benches/r.R SAYSO [ARTICLES [ROWS]]      # 160 and 50,000 where nothing is said
#
# Give the release build of the command, with the package installed by `R CMD INSTALL r`. Each way runs three times, taking turns, in a process of its
# own, on the articles of the sample corpus over and over, each with an id of its own; the best time counts. Starting, loading the model, reading
# and analysing are all counted, the tables too, which the command writes as CSV. The time of processors is what can be compared where other
# programs run. Memory: one call that gives every row's tables at once, and calls of 1,000 rows whose tables are dropped.

arguments <- commandArgs(TRUE)
here <- dirname(normalizePath(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))))
sayso <- normalizePath(arguments[1L])
articles <- if (length(arguments) > 1L) as.integer(arguments[2L]) else 160L
rows <- if (length(arguments) > 2L) as.integer(arguments[3L]) else 50000L

# What a program takes, by the clock and of processors, and what it prints.
timed <- function(program, told) {
  before <- proc.time()
  out <- system2(program, shQuote(told), stdout = TRUE)
  stopifnot(is.null(attr(out, "status")))
  after <- proc.time() - before
  list(seconds = after[["elapsed"]], processors = after[["user.child"]] + after[["sys.child"]], out = out)
}
in_r <- function(lines, ...) timed(file.path(R.home("bin"), "Rscript"), c("--vanilla", "-e", paste(lines, collapse = "\n"), ...))

ANALYSE <- '
library(sayso)
told <- commandArgs(TRUE)
said <- sayso_analyze(read.csv(told[1L], encoding = "UTF-8"), threads = as.integer(told[2L]), progress = FALSE)
cat(nrow(said$quotes), "\\n")
'
MEMORY <- '
library(sayso)
told <- as.integer(commandArgs(TRUE))
peak <- function() as.integer(gsub("[^0-9]", "", grep("^VmHWM", readLines("/proc/self/status"), value = TRUE))) %/% 1024L
seen <- 0
peaks <- integer()
for (from in seq(1L, told[1L], by = told[2L])) {
  at <- seq(from, length.out = told[2L])
  text <- sprintf("\\u201cNumber %d is enough,\\u201d said Ana Lind, the mayor of Vik.", at)
  said <- sayso_analyze(data.frame(doc_id = paste0("a", at), text = text), threads = 2L, progress = FALSE)
  seen <- seen + nrow(said$quotes)
  peaks <- c(peaks, peak())
}
cat(seen, peaks[1L], peaks[(length(peaks) + 1L) %/% 2L], peaks[length(peaks)], "\\n")
'

folder <- tempfile("bench")
dir.create(folder)
files <- setdiff(list.files(file.path(here, "../../corpus"), "\\.(txt|md)$", full.names = TRUE), file.path(here, "../../corpus/README.md"))
texts <- vapply(files, function(file) paste0(readLines(file, encoding = "UTF-8"), "\n", collapse = ""), "")
texts <- paste0(rep_len(texts, articles), "\n\nThis is copy ", seq_len(articles), ".")
words <- sum(lengths(strsplit(texts, "[[:space:]]+")))
table <- file.path(folder, "articles.csv")
write.csv(data.frame(doc_id = paste0("a", seq_len(articles)), text = texts), table, row.names = FALSE, fileEncoding = "UTF-8")
cat(articles, "articles,", words, "words;", R.version.string, "\n")

for (threads in 1:2) {
  taken <- list(command = NULL, R = NULL)
  for (turn in 1:3) {
    out <- file.path(folder, paste(threads, turn))
    told <- c("analyze", table, "--quiet", "--format", "csv", "--threads", threads, "-o", out)
    taken$command <- rbind(taken$command, unlist(timed(sayso, told)[1:2]))
    taken$R <- rbind(taken$R, unlist(in_r(ANALYSE, table, threads)[1:2]))
  }
  best <- lapply(taken, function(times) apply(times, 2L, min))
  for (way in names(best)) {
    used <- best[[way]]
    cat(sprintf("%d threads, %-7s: %5.1f articles/s, %6.0f words/s by the clock; %6.1f s of processors, %+.1f%%; %6.0f words/s of one\n", threads, way,
                articles / used[["seconds"]], words / used[["seconds"]], used[["processors"]],
                100 * (used[["processors"]] / best$command[["processors"]] - 1), words / used[["processors"]]))
  }
}

if (rows > 0L) {
  for (step in unique(c(1000L, rows))) {
    used <- in_r(MEMORY, rows, step)
    told <- as.integer(strsplit(trimws(used$out[length(used$out)]), " ")[[1L]])
    cat(sprintf("%d short rows, %d a call, in %.0f s, %d quotations: peak memory %d MB after the first call, %d MB, %d MB at the end\n",
                rows, step, used$seconds, told[1L], told[2L], told[3L], told[4L]))
  }
}
unlink(folder, recursive = TRUE)
