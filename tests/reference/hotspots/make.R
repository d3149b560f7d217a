# Makes spdep.csv (the z of gi_star.csv once more) and moran.csv beside this file, by R's spdep (GPL; Debian r-cran-spdep 1.2-7).
# Needs what make.py leaves. In this folder: Rscript make.R
suppressMessages(library(spdep))
answers <- read.csv("gi_star.csv", skip = 1)
places <- read.csv("places.csv")
z <- c()
moran <- c()
for (case in unique(places$case)) {
  here <- places[places$case == case, ]
  nb <- dnearneigh(as.matrix(here[, c("x", "y")]), 0, here$band[1])
  star <- nb2listw(include.self(nb), style = "B")
  x <- answers$count[answers$case == case]
  local <- localmoran(x, nb2listw(nb, style = "W", zero.policy = TRUE), conditional = TRUE, zero.policy = TRUE)
  moran <- c(moran, sprintf("%s,%d,%.14g,%.14g,%.14g,%.14g", case, card(nb), local[, 1], local[, 2], local[, 3], local[, 4]))
  z <- c(z, as.numeric(localG(x, star)))
}
version <- paste("# spdep", packageVersion("spdep"), "localG(x, nb2listw(include.self(nb), style='B'))")
writeLines(c(version, "z", sprintf("%.17g", z)), "spdep.csv")
version <- paste("# spdep", packageVersion("spdep"), "localmoran(x, nb2listw(nb, style='W'), conditional=TRUE)")
writeLines(c(version, "case,neighbours,i,expected,variance,z", moran), "moran.csv")
