# Makes sids.csv and ny.csv beside this file from spData (CC0 1.0): sudden infant deaths in the counties of North Carolina
# (Cressie and Read 1985), and leukaemia in census tracts of New York (Waller and Gotway 2004).
#
#     apt-get install r-cran-spdata   (Debian 12: spData 2.2.1)
#     Rscript export.R
suppressMessages(library(spData))
here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
save <- function(name, what, table) {
  out <- file(file.path(here, name), "w")
  writeLines(sprintf("# %s; spData %s", what, packageVersion("spData")), out)
  write.table(table, out, sep = ",", row.names = FALSE, quote = FALSE)
  close(out)
}
data(nc.sids)
save("sids.csv", "county seats in metres (UTM), births and deaths in 1974-78 and 1979-84",
  with(nc.sids, data.frame(x = sprintf("%.0f", x * 1000), y = sprintf("%.0f", y * 1000), births74 = BIR74, deaths74 = SID74, births79 = BIR79, deaths79 = SID79)))
data(nydata)
save("ny.csv", "tract centroids in metres from the middle, residents 1980 and cases 1978-82 rounded down",
  with(nydata, data.frame(x = sprintf("%.3f", X * 1000), y = sprintf("%.3f", Y * 1000), residents = POP8, cases = floor(TRACTCAS))))
