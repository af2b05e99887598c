# What comes out: the tables as data frames, with the user's ids and variables.

tidy <- function(raw, ids, docvars) {
  to_doc_id <- function(article_ids) {
    at <- match(article_ids, raw$ids)
    ifelse(is.na(at), article_ids, ids[at])
  }
  tables <- lapply(raw$tables, function(columns) {
    for (name in intersect(names(columns), c("article_id", "first_article_id", "is_copy_of"))) {
      columns[[name]] <- to_doc_id(columns[[name]])
    }
    if (!is.null(columns$article_ids)) {
      columns$article_ids <- lapply(columns$article_ids, to_doc_id)
    }
    names(columns)[names(columns) == "article_id"] <- "doc_id"
    columns <- columns[order(names(columns) != "doc_id")]
    structure(columns, class = "data.frame", row.names = .set_row_names(length(columns[[1L]])))
  })
  articles <- tables$articles
  kept <- character()
  for (name in names(docvars)) {
    # What sayso has written as text is the user's own value, with its type.
    articles[[paste0("meta_", name)]] <- NULL
    if (!name %in% names(articles)) {
      articles[[name]] <- docvars[[name]][match(articles$doc_id, ids)]
      kept <- c(kept, name)
    }
  }
  articles$text <- raw$texts[match(articles$doc_id, ids)]
  tables$articles <- articles
  structure(tables, class = "sayso", docvars = kept, manifest = raw$manifest, codebook = if (!is.na(raw$codebook)) raw$codebook)
}

count_of <- function(x, table) nrow(x[[table]])

print.sayso <- function(x, ..., n = 6L) {
  failed <- sum(x$articles$status != "analysed")
  cat(
    count_of(x, "articles"), " articles", if (failed > 0L) paste0(" (", failed, " not analysed, see status in $articles)"), ", ",
    count_of(x, "quotes"), " quotations, ", count_of(x, "speakers"), " speakers\n",
    sep = ""
  )
  cat("tables: ", paste0("$", names(x), collapse = " "), "\n", sep = "")
  if (count_of(x, "quotes") > 0L) {
    cat("\n")
    print(head(sayso_kwic(x), n))
    if (count_of(x, "quotes") > n) {
      cat("... and ", count_of(x, "quotes") - n, " more: sayso_kwic() lists them\n", sep = "")
    }
  }
  invisible(x)
}

summary.sayso <- function(object, ...) {
  told <- function(values) ifelse(is.na(values), "not told", values)
  most <- function(values) {
    counts <- table(values)
    head(counts[order(-counts, names(counts))], 10L)
  }
  speakers <- object$quotes$speaker[!is.na(object$quotes$speaker)]
  structure(
    list(
      articles = table(status = object$articles$status),
      words = sum(object$articles$words, na.rm = TRUE),
      quotes = table(kind = object$quotes$kind),
      classes = table(speaker_class = told(object$quotes$speaker_class)),
      speakers = most(speakers),
      themes = most(unlist(object$quotes$themes))
    ),
    class = "summary.sayso"
  )
}

print.summary.sayso <- function(x, ...) {
  line <- function(label, counts) {
    if (length(counts) > 0L) {
      cat(strwrap(paste0(label, ": ", paste(names(counts), counts, collapse = ", ")), exdent = 2L), sep = "\n")
    }
  }
  line("articles", x$articles)
  cat("words: ", x$words, "\n", sep = "")
  line("quotations", x$quotes)
  line("by class of speaker", x$classes)
  line("quoted most", x$speakers)
  line("themes of quotations", x$themes)
  invisible(x)
}
