# Makes points.csv beside this file: kernel densities at the events themselves, per square metre, by spatstat.
#
#     apt-get install r-cran-spatstat.explore   (Debian 12: spatstat.explore 3.0-6)
#     Rscript make.R
#
# The events are made up: clusters of different width in metric coordinates of the size of SWEREF 99 TM, some at the same spot.
suppressMessages(library(spatstat.explore))
set.seed(200)
n <- 240
centre <- sample(1:5, n, replace = TRUE)
x <- round(480000 + c(0, 900, 1500, 400, 2000)[centre] + rnorm(n) * c(40, 150, 300, 80, 500)[centre], 2)
y <- round(6250000 + c(0, 300, 1200, 1500, 800)[centre] + rnorm(n) * c(40, 150, 300, 80, 500)[centre], 2)
again <- sample(1:n, 30)
x[again] <- x[again[1]]
y[again] <- y[again[1]]
weight <- round(runif(n, 0, 5), 3)
events <- suppressWarnings(ppp(x, y, window = owin(range(x) + c(-5000, 5000), range(y) + c(-5000, 5000))))
at <- function(kernel, sigma, weights = NULL)
  density.ppp(events, sigma = sigma, kernel = kernel, weights = weights, at = "points", edge = FALSE, leaveoneout = FALSE)
columns <- cbind(quartic200 = at("quartic", 200 / sqrt(8)), quartic60 = at("quartic", 60 / sqrt(8)),
  quartic200w = at("quartic", 200 / sqrt(8), weight), gaussian100 = at("gaussian", 100), gaussian40w = at("gaussian", 40, weight))
here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
out <- file(file.path(here, "points.csv"), "w")
writeLines(sprintf("# density at each event, per square metre; spatstat.explore %s, R %s", packageVersion("spatstat.explore"), getRversion()), out)
writeLines(paste(c("x", "y", "weight", colnames(columns)), collapse = ","), out)
for (i in 1:n) writeLines(paste(c(sprintf("%.2f,%.2f,%.3f", x[i], y[i], weight[i]), sprintf("%.17g", columns[i, ])), collapse = ","), out)
close(out)
