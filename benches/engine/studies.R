# Asks spdep: `Rscript studies.R COUNTS.csv SIDE PERMUTATIONS` prints its version, then a line of analytic times and a line of times with
# permutations (microseconds), then z of each cell. Neighbours as in studies.py.
suppressMessages(library(spdep))
asked <- commandArgs(TRUE)
x <- scan(asked[1], quiet = TRUE)
side <- as.integer(asked[2])
permutations <- as.integer(asked[3])
set.seed(20261123)
star <- nb2listw(include.self(cell2nb(side, side, type = "queen")), style = "B")
timed <- function(run, runs) {
  run()
  sapply(seq_len(runs), function(i) {
    started <- proc.time()[["elapsed"]]
    run()
    (proc.time()[["elapsed"]] - started) * 1e6
  })
}
# The clock has milliseconds: several at a time.
several <- 10
analytic <- timed(function() for (i in seq_len(several)) localG(x, star), 7) / several
permuted <- timed(function() localG_perm(x, star, nsim = permutations), 3)
cat(as.character(packageVersion("spdep")), "\n")
cat(sprintf("%.1f", analytic), "\n")
cat(sprintf("%.1f", permuted), "\n")
cat(sprintf("%.17g", as.numeric(localG(x, star))), sep = "\n")
