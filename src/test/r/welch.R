# The p-values that ChangeAlertsTest compares with: Welch's two-sided t test over single answers.
# Rscript src/test/r/welch.R
nps <- function(n, promoters, detractors)
  c(rep(100, promoters), rep(-100, detractors), rep(0, n - promoters - detractors))
p <- function(now, before)
  cat(format(t.test(now, before)$p.value, digits = 15), "\n")
p(nps(120, 48, 40), nps(150, 82, 30))
p(nps(30, 29, 0), nps(30, 30, 0))
p(nps(4000, 1700, 1200), nps(3900, 1800, 1050))
p(nps(200, 80, 70), nps(200, 110, 40))
p(nps(200, 87, 62), nps(200, 105, 45))
