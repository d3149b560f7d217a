# Makes sids.csv and ny.csv beside this file from spData (CC0 1.0): sudden infant deaths in the counties of North Carolina
# (Cressie and Read 1985), and leukaemia in census tracts of New York (Waller and Gotway 2004).
#
#     apt-get install r-cran-spdata r-cran-sf   (Debian 12: spData 2.2.1, sf 1.0-9)
#     Rscript export.R
suppressMessages({ library(spData); library(sf) })
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
# The tables' own X and Y of New York are not the middles of the tracts.
tracts <- st_read(system.file("shapes/NY8_bna_utm18.gpkg", package = "spData"), quiet = TRUE)
middle <- st_coordinates(st_centroid(st_geometry(tracts)))
save("ny.csv", "middles of tracts in metres (UTM zone 18), residents 1980 and cases 1978-82 rounded down",
  with(tracts, data.frame(x = sprintf("%.3f", middle[, 1]), y = sprintf("%.3f", middle[, 2]), residents = POP8, cases = floor(TRACTCAS))))
