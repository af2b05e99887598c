# Quotations in their context, as keywords in context are printed.

sayso_kwic <- function(x, window = 5L) {
  stopifnot(inherits(x, "sayso"), is.numeric(window), length(window) == 1L, window >= 0)
  quotes <- x$quotes
  text <- x$articles$text[match(quotes$doc_id, x$articles$doc_id)]
  words <- function(passage) strsplit(trimws(passage), "\\s+")
  before <- words(substr(text, pmax(1L, quotes$content_start - 400L), quotes$content_start - 1L))
  after <- words(substr(text, quotes$content_end + 1L, quotes$content_end + 400L))
  joined <- function(passages, take) vapply(passages, function(words) paste(take(words, window), collapse = " "), "")
  structure(
    data.frame(
      doc_id = quotes$doc_id, start = quotes$content_start, end = quotes$content_end,
      pre = joined(before, tail), quotation = gsub("\\s+", " ", quotes$content), post = joined(after, head),
      speaker = quotes$speaker, stringsAsFactors = FALSE
    ),
    class = c("sayso_kwic", "data.frame")
  )
}

print.sayso_kwic <- function(x, ..., width = getOption("width")) {
  if (nrow(x) == 0L) {
    cat("no quotations\n")
    return(invisible(x))
  }
  place <- formatC(paste0("[", x$doc_id, ", ", x$start, ":", x$end, "]"), width = 1L, flag = "-")
  side <- max(8L, as.integer(width * 0.16))
  speaker <- ifelse(is.na(x$speaker), "?", x$speaker)
  last <- function(text, size) ifelse(nchar(text) > size, paste0("\u2026", substr(text, nchar(text) - size + 2L, nchar(text))), text)
  first <- function(text, size) ifelse(nchar(text) > size, paste0(substr(text, 1L, size - 1L), "\u2026"), text)
  place <- first(place, side + 12L)
  speaker <- first(speaker, 24L)
  middle <- max(16L, width - max(nchar(place)) - 2L * side - max(nchar(speaker)) - 10L)
  lines <- paste0(
    formatC(place, width = -max(nchar(place))), " ", formatC(last(x$pre, side), width = side), " [", first(x$quotation, middle), "] ",
    first(x$post, side), "  \u2013 ", speaker
  )
  cat(lines, sep = "\n")
  invisible(x)
}
