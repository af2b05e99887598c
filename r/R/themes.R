# Which theme got how much, by whom and when.

themes_by_speaker <- function(x, measure = c("quotes", "words_quoted", "speakers")) {
  stopifnot(inherits(x, "sayso"))
  measure <- match.arg(measure)
  long <- x$theme_coverage_long
  long <- long[long$measure == measure & !is.na(long$month), ]
  if (nrow(long) == 0L) {
    stop("no article has a date from which its month can be read, or there are no themes", call. = FALSE)
  }
  sums <- aggregate(cbind(count, total) ~ month + theme + speaker_class, long, sum)
  sums <- sums[order(sums$month, sums$theme, sums$speaker_class), ]
  rownames(sums) <- NULL
  sums$share <- ifelse(sums$total > 0L, sums$count / sums$total, NA_real_)
  structure(sums, class = c("sayso_themes", "data.frame"), measure = measure)
}

plot.sayso_themes <- function(x, ..., n = 4L) {
  classes <- names(sort(tapply(x$count, x$speaker_class, sum), decreasing = TRUE))
  classes <- head(classes[tapply(x$count, x$speaker_class, sum)[classes] > 0L], n)
  if (length(classes) == 0L) {
    stop("nothing to draw: no theme has a quotation", call. = FALSE)
  }
  themes <- sort(unique(x$theme))
  colours <- hcl.colors(length(themes), "Dark 3")
  shown <- x[x$speaker_class %in% classes, ]
  most <- max(xtabs(count ~ speaker_class + month, shown)) # one scale for all panels, with room for the legend
  rows <- ceiling(length(classes) / 2)
  former <- par(mfrow = c(rows, min(2L, length(classes))), mar = c(4, 3, 2, 1))
  on.exit(par(former))
  for (class in classes) {
    counts <- xtabs(count ~ theme + month, x[x$speaker_class == class, ])
    counts <- counts[themes, , drop = FALSE]
    barplot(counts, col = colours, border = NA, main = class, las = 2L, cex.names = 0.8, ylim = c(0, 1.35 * most), ...)
    if (class == classes[1L]) {
      legend("topleft", legend = rev(themes), fill = rev(colours), border = NA, bty = "n", cex = 0.8, ncol = 2L)
    }
  }
  invisible(x)
}
