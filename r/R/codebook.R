# Codebooks: one inside sayso, a file, a list of R's or a dictionary of quanteda's, or the themes that a run has found.

sayso_codebooks <- function() .Call(C_sayso_codebooks)

sayso_codebook <- function(x) {
  if (inherits(x, "sayso_codebook")) {
    return(x)
  }
  if (inherits(x, "sayso")) {
    if (is.null(attr(x, "codebook"))) {
      stop("this run has found no themes of its own: it had a codebook, or fewer than 30 articles", call. = FALSE)
    }
    return(new_codebook("themes.toml", attr(x, "codebook")))
  }
  if (is.character(x) && length(x) == 1L && !is.na(x)) {
    if (x %in% sayso_codebooks()) {
      return(new_codebook(paste0(x, ".toml"), .Call(C_sayso_codebook_text, x)))
    }
    return(new_codebook(path.expand(x), ""))
  }
  if (is.list(x) && !is.null(names(x)) && all(nzchar(names(x)))) {
    return(new_codebook("codebook.yml", paste(yaml_lines(as.list(x), ""), collapse = "\n")))
  }
  stop("a codebook is a name (", paste(sayso_codebooks(), collapse = ", "), "), a file, or a list of themes with their terms", call. = FALSE)
}

new_codebook <- function(name, text) structure(list(name = name, text = text), class = "sayso_codebook")

print.sayso_codebook <- function(x, ...) {
  cat("codebook ", x$name, "\n", sep = "")
  if (nzchar(x$text)) cat(x$text, "\n", sep = "")
  invisible(x)
}

as_codebook <- function(x) if (is.null(x)) list(name = "", text = "") else sayso_codebook(x)

# Themes in the YAML that quanteda reads its dictionaries of. A member without a name is what a dictionary's own words are kept as.
yaml_lines <- function(node, indent) {
  quoted <- function(text) paste0("\"", gsub("([\\\\\"])", "\\\\\\1", enc2utf8(text)), "\"")
  unlist(lapply(names(node), function(name) {
    value <- node[[name]]
    if (is.list(value) && (is.null(names(value)) || !any(nzchar(names(value))))) {
      value <- as.character(unlist(value))
    }
    below <- if (is.list(value)) {
      yaml_lines(value[nzchar(names(value))], paste0(indent, "  "))
    } else {
      paste0(indent, "  - ", quoted(as.character(value)), recycle0 = TRUE)
    }
    c(paste0(indent, quoted(name), ":"), below)
  }))
}
