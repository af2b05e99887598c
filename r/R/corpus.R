# Quotations as a corpus of quanteda's.

as_quanteda_corpus <- function(x) {
  stopifnot(inherits(x, "sayso"))
  quotes <- x$quotes
  own <- quotes[c("doc_id", "speaker", "role", "affiliation", "speaker_kind", "speaker_class", "kind", "cue", "outlet", "date")]
  own$theme <- vapply(quotes$themes, function(themes) if (length(themes) > 0L) paste(themes, collapse = "; ") else NA_character_, "")
  names(own)[names(own) == "doc_id"] <- "article"
  of_article <- x$articles[match(quotes$doc_id, x$articles$doc_id), setdiff(attr(x, "docvars"), names(own)), drop = FALSE]
  docvars <- cbind(own, of_article)
  rownames(docvars) <- NULL
  if (requireNamespace("quanteda", quietly = TRUE)) {
    return(quanteda::corpus(quotes$content, docnames = quotes$quote_id, docvars = docvars))
  }
  # The class as quanteda documents it, for a machine that hands the corpus on.
  system <- data.frame(docname_ = quotes$quote_id, docid_ = factor(quotes$quote_id, levels = quotes$quote_id),
                       segid_ = rep(1L, nrow(quotes)), stringsAsFactors = FALSE)
  structure(
    quotes$content, names = quotes$quote_id, class = c("corpus", "character"), docvars = cbind(system, docvars),
    meta = list(system = list(), object = list(unit = "documents", what = "documents"), user = list())
  )
}
