# Makes bayes.csv beside this file: Marshall's empirical Bayes rates by spdep (GPL; Debian r-cran-spdep 1.2-7).
# In this folder: Rscript make.R
suppressMessages(library(spdep))
set.seed(20261124)
columns <- 12; rows <- 10; n <- columns * rows
# cell2nb numbers cells row by row, with the column running fastest.
nb <- cell2nb(columns, rows, type = "queen")
population <- round(exp(rnorm(n, 5.5, 1.4))) + 1
counts <- rpois(n, population * exp(rnorm(n, -4, 0.8)))
at <- attr(nb, "region.id")
all <- EBest(counts, population)
near <- EBlocal(counts, population, nb, geoda = TRUE)
version <- paste("# spdep", packageVersion("spdep"), "EBest, EBlocal(geoda = TRUE) on cell2nb(", columns, ",", rows, ", 'queen')")
lines <- sprintf("%s,%d,%d,%.17g,%.17g", sub(":", ",", at), counts, population, all$estmm, near$est)
writeLines(c(gsub(" , ", ", ", version), "row,column,count,population,all,near", lines), "bayes.csv")
