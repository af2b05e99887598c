# What goes in: texts, data frames, corpora and files, all to one call of the Rust library.

sayso_analyze <- function(x, ..., codebook = NULL, people = NULL, threads = NULL, progress = interactive()) {
  UseMethod("sayso_analyze")
}

sayso_analyze.default <- function(x, ..., codebook = NULL, people = NULL, threads = NULL, progress = interactive()) {
  stop("sayso_analyze() takes a character vector, a data frame, a quanteda corpus or sayso_files(), not ", class(x)[1L], call. = FALSE)
}

sayso_analyze.character <- function(x, ..., codebook = NULL, people = NULL, threads = NULL, progress = interactive(), themes = NULL,
                                    any_language = FALSE) {
  no_others(...)
  ids <- doc_ids(names(x), length(x))
  analyze_rows(x, ids, NULL, codebook, people, threads, progress, themes, any_language)
}

sayso_analyze.data.frame <- function(x, ..., codebook = NULL, people = NULL, threads = NULL, progress = interactive(), themes = NULL,
                                     any_language = FALSE, text_field = "text", docid_field = "doc_id") {
  no_others(...)
  if (!text_field %in% names(x)) {
    stop("the data frame has no column '", text_field, "'; name that of the texts in text_field: ", paste(names(x), collapse = ", "),
         call. = FALSE)
  }
  given <- if (docid_field %in% names(x)) as.character(x[[docid_field]])
  docvars <- as.data.frame(x)[setdiff(names(x), c(text_field, docid_field))]
  analyze_rows(x[[text_field]], doc_ids(given, nrow(x)), docvars, codebook, people, threads, progress, themes, any_language)
}

# A corpus of quanteda's is a character vector with its document variables in an attribute; those that end in _ are its own.
sayso_analyze.corpus <- function(x, ..., codebook = NULL, people = NULL, threads = NULL, progress = interactive(), themes = NULL,
                                 any_language = FALSE) {
  no_others(...)
  docvars <- attr(x, "docvars")
  given <- if (is.null(docvars[["docname_"]])) names(x) else as.character(docvars[["docname_"]])
  ids <- doc_ids(given, length(x))
  docvars <- docvars[setdiff(names(docvars), c("docname_", "docid_", "segid_"))]
  analyze_rows(as.vector(unclass(x)), ids, docvars, codebook, people, threads, progress, themes, any_language)
}

sayso_analyze.sayso_files <- function(x, ..., codebook = NULL, people = NULL, threads = NULL, progress = interactive(), themes = NULL,
                                      any_language = FALSE) {
  no_others(...)
  raw <- call_sayso(x$paths, list(), NA, codebook, people, threads, progress, themes, any_language, x$encoding, x$text_field)
  docvars <- docvars_of_names(x, raw$tables$articles)
  tidy(raw, raw$ids, docvars)
}

no_others <- function(...) {
  if (...length() > 0L) {
    stop("unknown argument: ", paste(names(list(...)), collapse = ", "), call. = FALSE)
  }
}

# Ids of documents: the user's, or text1, text2 ... as quanteda has them.
doc_ids <- function(given, count) {
  if (is.null(given)) {
    return(paste0("text", seq_len(count), recycle0 = TRUE))
  }
  missing <- is.na(given) | !nzchar(given)
  given[missing] <- paste0("text", seq_len(count))[missing]
  if (anyDuplicated(given) > 0L) {
    stop("ids of documents must differ; '", given[anyDuplicated(given)], "' comes twice", call. = FALSE)
  }
  given
}

# Text as the library takes it: UTF-8 without gaps, nothing where R has NA.
utf8 <- function(x) {
  if (is.list(x)) {
    x <- vapply(x, function(value) paste(value, collapse = "; "), "")
  }
  x <- enc2utf8(as.character(x))
  bad <- !is.na(x) & !validUTF8(x)
  x[bad] <- iconv(x[bad], "UTF-8", "UTF-8", sub = "\uFFFD")
  x[is.na(x)] <- ""
  names(x) <- NULL
  x
}

analyze_rows <- function(text, ids, docvars, codebook, people, threads, progress, themes, any_language) {
  columns <- c(list(text = utf8(text), id = utf8(ids)), lapply(as.list(docvars), utf8))
  kept <- seq_along(columns) <= 2L | !names(columns) %in% c("text", "id") # a variable of such a name is none that sayso should look at
  raw <- call_sayso(character(), columns[kept], length(ids), codebook, people, threads, progress, themes, any_language, "", "text")
  tidy(raw, ids, docvars)
}

call_sayso <- function(paths, columns, total, codebook, people, threads, progress, themes, any_language, encoding, text_field) {
  codebook <- as_codebook(codebook)
  number <- function(value, name) {
    if (is.null(value)) {
      return(-1L)
    }
    if (!is.numeric(value) || length(value) != 1L || is.na(value) || value < 1) {
      stop(name, " must be a number from 1", call. = FALSE)
    }
    as.integer(value)
  }
  counter <- article_counter(total, isTRUE(progress))
  on.exit(counter$end())
  .Call(
    C_sayso_run, paths, columns, codebook$name, codebook$text, if (is.null(people)) "" else path.expand(people), encoding, text_field,
    isTRUE(any_language), number(threads, "threads"), number(themes, "themes"), counter$step
  )
}

# Counts articles for the user to see, and lets R see to interrupts between them.
article_counter <- function(total, shown) {
  done <- 0L
  bar <- if (shown && !is.na(total) && total > 0L) txtProgressBar(max = total, style = 3L, file = stderr())
  step <- function() {
    done <<- done + 1L
    if (!is.null(bar)) {
      setTxtProgressBar(bar, done)
    } else if (shown) {
      cat("\r", done, " articles", sep = "", file = stderr())
    }
    Sys.sleep(0)
    NULL
  }
  end <- function() {
    if (!is.null(bar)) {
      close(bar)
    } else if (shown && done > 0L) {
      cat("\n", file = stderr())
    }
  }
  list(step = step, end = end)
}
