# Files as articles, by readtext's conventions.

sayso_files <- function(paths, docvarsfrom = c("metadata", "filenames"), docvarnames = NULL, dvsep = "_", encoding = NULL,
                        text_field = NULL) {
  if (!is.character(paths) || length(paths) == 0L || anyNA(paths)) {
    stop("paths must name files, folders or patterns", call. = FALSE)
  }
  structure(
    list(
      paths = enc2utf8(path.expand(paths)), docvarsfrom = match.arg(docvarsfrom), docvarnames = docvarnames, dvsep = dvsep,
      encoding = if (is.null(encoding)) "" else encoding, text_field = if (is.null(text_field)) "" else text_field
    ),
    class = "sayso_files"
  )
}

print.sayso_files <- function(x, ...) {
  cat("files for sayso_analyze(): ", paste(x$paths, collapse = ", "), "\n", sep = "")
  invisible(x)
}

# The variables that file names hold: budget_2031.txt is c("budget", 2031) in docvar1 and docvar2.
docvars_of_names <- function(files, articles) {
  if (files$docvarsfrom != "filenames") {
    return(NULL)
  }
  parts <- strsplit(tools::file_path_sans_ext(basename(articles$path)), files$dvsep, fixed = TRUE)
  count <- max(0L, lengths(parts))
  values <- lapply(seq_len(count), function(at) utils::type.convert(vapply(parts, `[`, "", at), as.is = TRUE))
  names <- paste0("docvar", seq_len(count), recycle0 = TRUE)
  given <- min(length(files$docvarnames), count)
  names[seq_len(given)] <- files$docvarnames[seq_len(given)]
  names(values) <- names
  as.data.frame(values, stringsAsFactors = FALSE)
}
