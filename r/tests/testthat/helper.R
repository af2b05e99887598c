news <- read.csv(system.file("extdata", "articles.csv", package = "sayso"))
topics <- list(Housing = c("rent*", "housing", "flat*"), Energy = c("electricity", "grid", "cable"))

# The run that most tests look at.
said <- sayso_analyze(news, codebook = topics, progress = FALSE)

# The command and the sample articles of the clone, which tests/r.sh names.
clone <- function() {
  command <- Sys.getenv("SAYSO")
  corpus <- Sys.getenv("SAYSO_CORPUS")
  skip_if(!nzchar(command) || !nzchar(corpus), "SAYSO and SAYSO_CORPUS name no command and no articles")
  list(command = command, corpus = corpus)
}

# The rows of a table as texts: lists joined as CSV has them, places and starts counted from 0.
rows <- function(frame, columns = names(frame)) {
  starts <- c("start", "content_start", "source_start", "words_start", "first")
  as_text <- function(name) {
    values <- frame[[name]]
    if (is.list(values)) {
      joined <- vapply(values, function(value) {
        if (is.matrix(value)) {
          paste0(value[, "start"] - 1L, "..", value[, "end"], collapse = "; ", recycle0 = TRUE)
        } else {
          paste(gsub("([\\\\;])", "\\\\\\1", value), collapse = "; ")
        }
      }, "")
      return(joined)
    }
    if (name %in% starts) values <- values - 1L
    if (is.double(values)) values <- ifelse(is.na(values), NA, sprintf("%.4f", values))
    if (is.logical(values)) values <- ifelse(values, "true", "false")
    ifelse(is.na(values), "", as.character(values))
  }
  do.call(paste, c(lapply(columns, as_text), sep = "\x1f"))
}

hash <- function(lines) {
  file <- tempfile()
  on.exit(unlink(file))
  writeLines(sort(enc2utf8(lines), method = "radix"), file, useBytes = TRUE)
  unname(tools::md5sum(file))
}
