test_that("one thread and two say the same", {
  one <- sayso_analyze(news, codebook = topics, threads = 1, progress = FALSE)
  two <- sayso_analyze(news, codebook = topics, threads = 2, progress = FALSE)
  expect_identical(unclass(one)[names(one)], unclass(two)[names(two)])
})

test_that("places slice the texts", {
  text <- said$articles$text[match(said$quotes$doc_id, said$articles$doc_id)]
  whole <- !grepl(" \u2026 ", said$quotes$content, fixed = TRUE)
  expect_gt(sum(whole), 25L)
  expect_identical(substr(text, said$quotes$content_start, said$quotes$content_end)[whole], said$quotes$content[whole])
  sourced <- !is.na(said$quotes$source_start)
  expect_identical(substr(text, said$quotes$source_start, said$quotes$source_end)[sourced], said$quotes$source[sourced])
  sentences <- said$theme_sentences
  text <- said$articles$text[match(sentences$doc_id, said$articles$doc_id)]
  expect_identical(substr(text, sentences$start, sentences$end), sentences$text)
  lind <- subset(said$entities, name == "Ana Lind" & doc_id == "cedar-rents")
  place <- lind$offsets[[1]]
  expect_identical(colnames(place), c("start", "end"))
  expect_identical(substr(said$articles$text[1], place[1, "start"], place[1, "end"]), "Ana Lind")
})

test_that("columns have types", {
  expect_type(said$quotes$content_start, "integer")
  expect_type(said$quotes$confidence, "double")
  expect_type(said$quotes$speaker, "character")
  expect_type(said$speakers$metonym, "logical")
  expect_type(said$quotes$themes, "list")
  expect_true(all(vapply(said$quotes$themes, is.character, NA)))
  expect_true("Housing" %in% unlist(said$quotes$themes))
})

test_that("speakers are found", {
  lind <- subset(said$quotes, doc_id == "cedar-rents" & kind == "direct")
  expect_identical(lind$speaker[1], "Ana Lind")
  expect_match(lind$role[1], "mayor")
})

test_that("articles that fail are rows", {
  texts <- c(good = "\u201cNo,\u201d said Ana Lind, the mayor of Vik.", empty = "", missing = NA, "\u201cYes,\u201d said Joe Hall, a baker.")
  run <- sayso_analyze(texts, progress = FALSE)
  expect_identical(run$articles$doc_id, c("good", "empty", "missing", "text4"))
  expect_identical(run$articles$status, c("analysed", "failed", "failed", "analysed"))
  expect_true(all(nzchar(run$articles$note[2:3])))
  expect_identical(is.na(run$articles$text), c(FALSE, TRUE, TRUE, FALSE))
  expect_setequal(run$quotes$doc_id, c("good", "text4"))
  german <- "Die B\u00fcrgermeisterin sagte am Dienstag, dass die Stadt im kommenden Jahr keine neuen Stra\u00dfen bauen werde, weil das Geld fehle."
  expect_identical(sayso_analyze(german, progress = FALSE)$articles$status, "left out")
  expect_identical(sayso_analyze(german, progress = FALSE, any_language = TRUE)$articles$status, "analysed")
})

test_that("variables and ids of a data frame are kept", {
  frame <- data.frame(key = c("a/1", "b 2"), body = c("\u201cNo,\u201d said Ana Lind.", "Joe Hall said that he was glad."), wave = c(2L, 5L),
                      seen = as.Date(c("2031-01-02", NA)), id = c("x", "y"), text = c("no", "article"))
  run <- sayso_analyze(frame, text_field = "body", docid_field = "key", progress = FALSE)
  expect_identical(run$articles$doc_id, c("a/1", "b 2"))
  expect_identical(run$articles$wave, c(2L, 5L))
  expect_identical(run$articles$seen, frame$seen)
  expect_identical(run$articles$id, c("x", "y"))
  expect_identical(run$quotes$doc_id, c("a/1", "b 2"))
  expect_identical(unlist(run$people$article_ids), c("a/1", "b 2"))
  expect_identical(said$articles$date, news$date)
})

test_that("text that is not UTF-8 is taken", {
  latin <- "\u201cNo,\u201d said Jos\u00e9 Lima, the mayor."
  plain <- iconv("\"No,\" said Jos\u00e9 Lima, the mayor.", "UTF-8", "latin1")
  expect_identical(sayso_analyze(plain, progress = FALSE)$quotes$speaker, "Jos\u00e9 Lima")
  broken <- "\"No,\" said Jos\xe9 Lima, the mayor."
  expect_identical(sayso_analyze(broken, progress = FALSE)$articles$status, "analysed")
  expect_identical(sayso_analyze(latin, progress = FALSE)$quotes$content, "\u201cNo,\u201d")
})

test_that("what cannot be run is an error", {
  expect_error(sayso_analyze(1), "takes a character vector")
  expect_error(sayso_analyze("Text.", thread = 1), "unknown argument: thread")
  expect_error(sayso_analyze("Text.", threads = 0, progress = FALSE), "threads must be")
  expect_error(sayso_analyze(c(a = "Text.", a = "Text.")), "comes twice")
  expect_error(sayso_analyze(data.frame(body = "Text.")), "no column 'text'")
  expect_error(sayso_analyze("Text.", codebook = "no-such", progress = FALSE), "policy-agenda")
  expect_error(sayso_analyze("Text.", people = "no-such.csv", progress = FALSE), "no-such.csv")
  expect_error(sayso_analyze(sayso_files("no-such-file.txt"), progress = FALSE), "no-such-file.txt")
  expect_error(sayso_files(character()), "paths must name")
})

test_that("an error or interrupt in the middle of a run ends it at the next article", {
  seen <- 0L
  stopping <- function() {
    seen <<- seen + 1L
    if (seen == 3L) stop("enough")
  }
  texts <- list(text = rep("Joe Hall said that he was glad.", 40), id = paste0("t", 1:40))
  run <- function(step) .Call(sayso:::C_sayso_run, character(), texts, "", "", "", "", "text", FALSE, 1L, -1L, step)
  expect_error(run(stopping), "enough")
  expect_identical(seen, 3L)
  seen <- 0L
  interrupting <- function() {
    seen <<- seen + 1L
    if (seen == 2L) tools::pskill(Sys.getpid(), tools::SIGINT)
    Sys.sleep(0.02)
  }
  expect_identical(tryCatch(run(interrupting), interrupt = function(condition) "interrupted"), "interrupted")
  expect_lt(seen, 5L)
  expect_length(run(function() NULL)$ids, 40L)
})

test_that("progress is told where it is asked for", {
  bar <- capture.output(run <- sayso_analyze(c("One.", "Two."), progress = TRUE), type = "message")
  expect_match(paste(bar, collapse = ""), "100%")
})
