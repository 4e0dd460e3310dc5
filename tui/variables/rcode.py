"""What IRkernel is sent: an expression that tells of the variables as JSON, and leaves none behind.

IRkernel evaluates no user expressions. What it shows in its pager comes back with the reply to the very
request, also to a silent one, so that is the way the answer takes.
"""

from __future__ import annotations

from typing import Final

LIST: Final = r"""
local({
  most <- %(most)d; longest <- %(longest)d; env <- globalenv()
  cut <- function(text) {
    text <- paste(text, collapse = " ")
    if (nchar(text, "chars", TRUE) > longest) paste0(substr(text, 1, longest), "\u2026") else text
  }
  few <- function(texts, count) paste(c(texts, if (count > length(texts)) "\u2026"), collapse = ", ")
  brief <- function(value) {
    count <- length(value); first <- value[seq_len(min(8L, count))]
    if (is.character(first)) first <- encodeString(substr(first, 1, longest), quote = "\"")
    few(as.character(first), count)
  }
  describe <- function(name) {
    if (bindingIsActive(name, env)) return(list("data", "active binding", "", -1, "", FALSE))
    value <- get(name, envir = env, inherits = FALSE)
    kind <- paste(oldClass(value), collapse = " ")
    if (!nzchar(kind)) kind <- if (is.matrix(value)) "matrix" else if (is.array(value)) "array" else
      if (is.function(value)) "function" else typeof(value)
    if (is.function(value)) return(list("function", kind, "", -1, paste0("(", paste(names(formals(value)),
      collapse = ", "), ")"), FALSE))
    if (isS4(value) || !(is.atomic(value) || is.list(value))) return(list("data", kind, "", -1, "", FALSE))
    plain <- unclass(value); count <- length(plain)
    dims <- attr(plain, "dim", TRUE)
    if (is.data.frame(value)) dims <- c(.row_names_info(value, 2L), count)
    extent <- if (is.null(dims)) count else dims
    shape <- paste(format(extent, big.mark = ",", trim = TRUE, scientific = FALSE),
      collapse = " \u00d7 ")
    size <- if (is.numeric(plain) || is.logical(plain) || count < 10000 && is.atomic(plain))
      as.numeric(object.size(plain)) else -1
    text <- if (is.list(plain)) {
      names <- names(plain)
      if (is.null(names)) "" else few(names[seq_len(min(8L, count))], count)
    } else if (inherits(value, "factor")) few(attr(plain, "levels")[seq_len(min(8L, length(attr(plain,
      "levels"))))], length(attr(plain, "levels")))
    else if (inherits(value, c("Date", "POSIXct"))) few(format(value[seq_len(min(3L, count))]), count)
    else brief(as.vector(plain))
    list("data", kind, shape, size, text, FALSE)
  }
  names <- ls(env, sorted = FALSE)
  left.out <- max(0, length(names) - most)
  told <- lapply(utils::tail(names, most), function(name) {
    told <- tryCatch(describe(name), error = function(e) list("data", "", "", -1, "", FALSE))
    told[[5]] <- cut(told[[5]])
    c(list(name), told)
  })
  getOption("pager")(character(), character(), jsonlite::toJSON(list(variables = told, left_out = left.out),
    auto_unbox = TRUE, digits = NA), FALSE)
})
"""
