library(testthat)
library(sayso)

test_check("sayso")
