/* The functions of the Rust library as R calls them. What they give back is a value, or, with the lowest bit of the pointer set, either a message
   to fail with or a condition of R's (an error, an interrupt) that goes on here, after Rust has cleaned up. */
#include <stdint.h>

#include <Rinternals.h>
#include <R_ext/Rdynload.h>

SEXP savvy_sayso_run__ffi(SEXP paths, SEXP columns, SEXP codebook, SEXP codebook_text, SEXP people, SEXP encoding, SEXP text_column,
                          SEXP any_language, SEXP threads, SEXP themes, SEXP on_article);
SEXP savvy_sayso_codebooks__ffi(void);
SEXP savvy_sayso_codebook_text__ffi(SEXP name);

static SEXP handed_back(SEXP result) {
    uintptr_t bits = (uintptr_t)result;
    if ((bits & 1) == 0) {
        return result;
    }
    SEXP failure = (SEXP)(bits & ~(uintptr_t)1);
    if (TYPEOF(failure) == CHARSXP) {
        Rf_errorcall(R_NilValue, "%s", Rf_translateChar(failure));
    }
    R_ContinueUnwind(failure);
    return R_NilValue;
}

static SEXP sayso_run(SEXP paths, SEXP columns, SEXP codebook, SEXP codebook_text, SEXP people, SEXP encoding, SEXP text_column,
                      SEXP any_language, SEXP threads, SEXP themes, SEXP on_article) {
    return handed_back(savvy_sayso_run__ffi(paths, columns, codebook, codebook_text, people, encoding, text_column, any_language, threads,
                                            themes, on_article));
}

static SEXP sayso_codebooks(void) {
    return handed_back(savvy_sayso_codebooks__ffi());
}

static SEXP sayso_codebook_text(SEXP name) {
    return handed_back(savvy_sayso_codebook_text__ffi(name));
}

static const R_CallMethodDef functions[] = {
    {"sayso_run", (DL_FUNC)&sayso_run, 11},
    {"sayso_codebooks", (DL_FUNC)&sayso_codebooks, 0},
    {"sayso_codebook_text", (DL_FUNC)&sayso_codebook_text, 1},
    {NULL, NULL, 0},
};

void R_init_sayso(DllInfo *dll) {
    R_registerRoutines(dll, NULL, functions, NULL, NULL);
    R_useDynamicSymbols(dll, FALSE);
    R_forceSymbols(dll, TRUE);
}
