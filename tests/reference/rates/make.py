"""Makes binomial.csv and poisson.csv beside this file, with scipy and, where scipy ends, mpmath (both BSD-3); see README.md.

    pip install scipy==1.17.1 mpmath==1.3.0 && python make.py && Rscript make.R
"""

import pathlib

import mpmath
import numpy as np
import scipy
from scipy import stats

HERE = pathlib.Path(__file__).parent
rng = np.random.default_rng(20261124)

# Whether b of a + b is more than the second period's part; the limits are of the chance itself.
cases = [(a, b, 1.0, t) for a in range(7) for b in range(7) if a + b for t in (1.0, 0.25, 3.7)]
for size in (10, 40, 300, 5_000, 100_000):
    for _ in range(30):
        mean, t = rng.uniform(0, size), rng.choice([1.0, 365.0 / 366.0, 0.2, 12.5])
        a, b = rng.poisson(mean), rng.poisson(mean * t * rng.choice([1.0, 1.0, 0.5, 1.6]))
        if a + b:
            cases.append((a, b, 1.0, t))
lines = [f"# scipy {scipy.__version__} stats.binomtest(b, a + b, t / (s + t)), proportion_ci(0.95, 'exact')", "a,b,s,t,p,low,high"]
for a, b, s, t in cases:
    test = stats.binomtest(int(b), int(a + b), t / (s + t))
    ci = test.proportion_ci(0.95, "exact")
    lines.append(f"{a},{b},{s:.17g},{t:.17g},{test.pvalue:.17g},{ci.low:.17g},{ci.high:.17g}")
(HERE / "binomial.csv").write_text("\n".join(lines) + "\n")

# Garwood's limits.
counts = [*range(60), *(int(n) for n in np.geomspace(60, 5e7, 60))]
lines = [f"# scipy {scipy.__version__} stats.chi2.ppf(0.025, 2 n) / 2, stats.chi2.ppf(0.975, 2 n + 2) / 2", "n,low,high"]
lines += [f"{n},{stats.chi2.ppf(0.025, 2 * n) / 2 if n else 0:.17g},{stats.chi2.ppf(0.975, 2 * n + 2) / 2:.17g}" for n in counts]
(HERE / "poisson.csv").write_text("\n".join(lines) + "\n")

# Single chances to 20 digits, in the far tails too.
mpmath.mp.dps = 60
lines = [f"# mpmath {mpmath.__version__}: C(n, x) p^x (1 - p)^(n - x)", "x,n,p,chance"]
for _ in range(250):
    n = int(10 ** rng.uniform(0, 7))
    p = float(rng.choice([0.5, 1e-6, rng.uniform(), 1 - 1e-3]))
    x = int(np.clip(round(n * p + rng.normal() * 6 * (n * p * (1 - p)) ** 0.5), 0, n))
    chance = mpmath.binomial(n, x) * mpmath.mpf(p) ** x * (1 - mpmath.mpf(p)) ** (n - x)
    lines.append(f"{x},{n},{p:.17g},{mpmath.nstr(chance, 20)}")
(HERE / "chances.csv").write_text("\n".join(lines) + "\n")
