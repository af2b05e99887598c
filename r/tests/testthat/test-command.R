test_that("the tables of the sample articles are the command's", {
  clone <- clone()
  out <- tempfile("run")
  on.exit(unlink(out, recursive = TRUE))
  status <- system2(clone$command, c("analyze", shQuote(clone$corpus), "-o", shQuote(out), "--no-bom", "--quiet"))
  expect_identical(status, 0L)
  run <- sayso_analyze(sayso_files(clone$corpus), threads = 2, progress = FALSE)
  expect_identical(nrow(run$articles), 20L)
  # Text that a spreadsheet would take for a formula has an apostrophe in the file.
  of_file <- function(table) {
    frame <- read.csv(file.path(out, paste0(table, ".csv")), colClasses = "character", na.strings = character(), check.names = FALSE,
                      encoding = "UTF-8")
    names(frame)[names(frame) == "article_id"] <- "doc_id"
    frame[] <- lapply(frame, function(values) sub("^'([=+@\t\r'-])", "\\1", values))
    frame
  }
  for (table in names(run)) {
    expected <- of_file(table)
    columns <- intersect(names(expected), names(run[[table]]))
    expect_setequal(names(run[[table]]), c(names(expected), if (table == "articles") "text"))
    # The command says of a file where it lies below its folder; so does this.
    made <- rows(run[[table]], columns)
    wanted <- do.call(paste, c(expected[columns], sep = "\x1f"))
    if (nrow(expected) == 0L) wanted <- character()
    expect_identical(hash(gsub("\r\n", "\n", made)), hash(gsub("\r\n", "\n", wanted)), info = table)
  }
  expect_gt(nrow(run$quotes), 200L)
})

test_that("texts in memory say what their files say", {
  clone <- clone()
  files <- list.files(clone$corpus, "\\.txt$", full.names = TRUE)
  texts <- vapply(files, function(file) paste(readLines(file, encoding = "UTF-8"), collapse = "\n"), "")
  names(texts) <- tools::file_path_sans_ext(basename(files))
  by_file <- sayso_analyze(sayso_files(files), progress = FALSE)
  by_text <- sayso_analyze(texts, progress = FALSE)
  columns <- c("quote_id", "kind", "content", "cue", "speaker", "role", "speaker_class")
  expect_identical(hash(rows(by_text$quotes, columns)), hash(rows(by_file$quotes, columns)))
})
