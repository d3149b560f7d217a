# Makes spdep.csv beside this file: the z of gi_star.csv once more, by R's spdep (GPL; Debian r-cran-spdep 1.2-7).
# Needs what make.py leaves. In this folder: Rscript make.R
suppressMessages(library(spdep))
answers <- read.csv("gi_star.csv", skip = 1)
places <- read.csv("places.csv")
z <- c()
for (case in unique(places$case)) {
  here <- places[places$case == case, ]
  nb <- dnearneigh(as.matrix(here[, c("x", "y")]), 0, here$band[1])
  star <- nb2listw(include.self(nb), style = "B")
  z <- c(z, as.numeric(localG(answers$count[answers$case == case], star)))
}
version <- paste("# spdep", packageVersion("spdep"), "localG(x, nb2listw(include.self(nb), style='B'))")
writeLines(c(version, "z", sprintf("%.17g", z)), "spdep.csv")
