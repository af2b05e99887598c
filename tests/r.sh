#!/usr/bin/env bash
# The R package: takes what the gate has built, makes the package of it, and runs R CMD check: the tests, which compare it with the command (SAYSO, or
# target/debug/sayso), the examples of its help pages and its vignette. Errors and warnings of the check fail. Says what was not run where R or its
# packages cannot be had. `R CMD INSTALL r` builds the package for use; it is as long as a release build of the command and not part of this.
set -euo pipefail
cd "$(dirname "$0")/.."

not_run() {
    echo "the R package was NOT TESTED: $1" >&2
    exit 0
}
has() { command -v "$1" >/dev/null 2>&1; }
has_packages() { has Rscript && Rscript -e 'stopifnot(all(sapply(commandArgs(TRUE), requireNamespace, quietly = TRUE)))' "$@" >/dev/null 2>&1; }
if ! has_packages knitr markdown testthat && [[ "$(id -u)" == 0 ]] && has apt-get; then
    apt-get update -q && apt-get install -qy --no-install-recommends r-base-core r-cran-knitr r-cran-markdown r-cran-testthat r-cran-ggplot2 || true
fi
has Rscript || not_run "there is no R"
has_packages knitr markdown testthat || not_run "knitr, markdown and testthat could not be installed"
has_packages quanteda || echo "quanteda is not installed: corpora are tested by the class that it documents" >&2

# The same packages as in the gate's `cargo test`, and a test, so that each crate has the features that tests ask for and nothing is built twice.
export LC_ALL=C.UTF-8
export SAYSO_R_DEV=1 SAYSO_SOURCE="$PWD" CARGO_TARGET_DIR="$PWD/target"
R_INCLUDE_DIR=$(R CMD config --cppflags | sed 's/^-I//; s/ .*//')
export R_INCLUDE_DIR
cargo build --quiet --locked --workspace --lib --bins --test spans
SAYSO=$(realpath "${SAYSO:-target/debug/sayso}")
SAYSO_CORPUS=$(mktemp -d)
trap 'rm -rf "$SAYSO_CORPUS"' EXIT
cp corpus/*.txt corpus/*.md "$SAYSO_CORPUS"
rm "$SAYSO_CORPUS/README.md"
export SAYSO SAYSO_CORPUS

mkdir -p target/r
cd target/r
rm -rf sayso_*.tar.gz sayso.Rcheck
R CMD build "$SAYSO_SOURCE/r"
# Packages that are only suggested need not be there; what is checked needs no network and no LaTeX.
export _R_CHECK_FORCE_SUGGESTS_=false _R_CHECK_CRAN_INCOMING_=false
R CMD check --no-manual sayso_*.tar.gz
if grep -q '^Status:.*\(ERROR\|WARNING\)' sayso.Rcheck/00check.log; then
    echo "R CMD check: errors or warnings, see target/r/sayso.Rcheck" >&2
    exit 1
fi
sed -n '/^Status:/p' sayso.Rcheck/00check.log
grep '^\[ FAIL' sayso.Rcheck/tests/testthat.Rout | tail -1
rm -rf library && mkdir library && mv sayso.Rcheck/sayso library # for tests/scale.sh
echo "R: the package passes its check"
