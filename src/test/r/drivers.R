# What drives NPS, as R's lm finds it: for all answers and for every channel with at least 100.
#   Rscript src/test/r/drivers.R > src/test/r/drivers.txt
#   Rscript src/test/r/drivers.R answers.csv
# The file has the columns channel, nps, and one for each pillar.
arguments <- commandArgs(trailingOnly = TRUE)
answers <- read.csv(if (length(arguments) > 0) arguments[1] else "src/test/r/answers.csv")
number <- function(x) sprintf("%.17g", x)
say <- function(name, of) {
  fit <- lm(nps ~ ., data = of[names(of) != "channel"])
  terms <- summary(fit)$coefficients
  cat(name, "n", nrow(of), "\n")
  cat(name, "r2", number(summary(fit)$r.squared), "\n")
  cat(name, "intercept", number(terms["(Intercept)", 1]), "\n")
  for (pillar in sort(rownames(terms)[-1]))
    cat(name, pillar, number(terms[pillar, 1]), number(terms[pillar, 2]), "\n")
}
say("all", answers)
for (channel in sort(unique(answers$channel[answers$channel != ""]))) {
  of <- answers[answers$channel == channel, ]
  if (nrow(of) >= 100) say(paste0("channel=", channel), of)
}
