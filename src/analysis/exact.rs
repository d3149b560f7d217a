//! Exact Poisson and binomial probabilities, their tails, and the limits that follow from them.
//!
//! Single probabilities are by the saddle point (Loader 2000, "Fast and accurate computation of binomial probabilities"), which
//! keeps its digits where differences of log-factorials lose them. Tails are sums of them from the largest on, so that a tail of
//! 1e-200 has as many digits as one of 0.5; one takes some ten times the square root of the count in steps.

use std::f64::consts::TAU;

/// What is left of ln n! beyond Stirling's formula: ln n! − ln(√(2πn) (n/e)^n), for n ≥ 1.
fn stirling_error(n: f64) -> f64 {
    if n < 16.0 {
        return libm::lgamma(n + 1.0) - ((n + 0.5) * n.ln() - n + 0.5 * TAU.ln());
    }
    let square = n * n;
    (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - (1.0 / 1680.0 - 1.0 / 1188.0 / square) / square) / square) / square) / n
}

/// The deviance x ln(x/m) + m − x, without cancellation where x is near m; m for x = 0.
fn deviance(x: f64, m: f64) -> f64 {
    if x == 0.0 {
        return m;
    }
    let v = (x - m) / (x + m);
    if v.abs() >= 0.1 {
        return x * (x / m).ln() + m - x;
    }
    // ln(x/m) = 2 artanh(v), term by term: each is at most v² < 0.01 of the one before.
    let mut power = 2.0 * x * v;
    let mut sum = (x - m) * v;
    for odd in 1..20 {
        power *= v * v;
        sum += power / f64::from(2 * odd + 1);
    }
    sum
}

/// The chance of exactly `x` where `mean` is expected (Poisson); `mean` > 0.
fn poisson(x: u64, mean: f64) -> f64 {
    if x == 0 {
        return (-mean).exp();
    }
    let x = x as f64;
    (-stirling_error(x) - deviance(x, mean)).exp() / (TAU * x).sqrt()
}

/// The chance of exactly `x` of `n` where each is one with chance `p` (binomial); x ≤ n, 0 < p < 1.
pub fn binomial(x: u64, n: u64, p: f64) -> f64 {
    let (k, rest, all) = (x as f64, (n - x) as f64, n as f64);
    if x == 0 {
        return (all * (-p).ln_1p()).exp();
    }
    if x == n {
        return (all * p.ln()).exp();
    }
    let log = stirling_error(all) - stirling_error(k) - stirling_error(rest) - deviance(k, all * p) - deviance(rest, all * (1.0 - p));
    log.exp() * (all / (TAU * k * rest)).sqrt()
}

/// Sums `first` and what follows it, each term `ratio(i)` times the one before, until the rest cannot be seen. Ratios fall.
fn tail(first: f64, mut ratio: impl FnMut(f64) -> f64) -> f64 {
    let (mut term, mut sum, mut step) = (first, first, 0.0);
    while term > sum * 1.0e-17 {
        step += 1.0;
        let next = ratio(step);
        if next <= 0.0 {
            break;
        }
        term *= next;
        sum += term;
    }
    sum.min(1.0)
}

/// The chance of at most `x` where `mean` is expected.
fn poisson_at_most(x: u64, mean: f64) -> f64 {
    if x as f64 >= mean {
        return 1.0 - poisson_at_least(x + 1, mean);
    }
    tail(poisson(x, mean), |step| (x as f64 - step + 1.0) / mean)
}

/// The chance of at least `x` where `mean` is expected.
fn poisson_at_least(x: u64, mean: f64) -> f64 {
    if x as f64 <= mean {
        return x.checked_sub(1).map_or(1.0, |below| 1.0 - poisson_at_most(below, mean));
    }
    tail(poisson(x, mean), |step| mean / (x as f64 + step))
}

/// The chance of at most `x` of `n`.
fn binomial_at_most(x: u64, n: u64, p: f64) -> f64 {
    if x as f64 >= n as f64 * p {
        return 1.0 - if x < n { binomial_at_least(x + 1, n, p) } else { 0.0 };
    }
    let odds = p / (1.0 - p);
    tail(binomial(x, n, p), |step| (x as f64 - step + 1.0) / ((n - x) as f64 + step) / odds)
}

/// The chance of at least `x` of `n`.
fn binomial_at_least(x: u64, n: u64, p: f64) -> f64 {
    if x as f64 <= n as f64 * p {
        return x.checked_sub(1).map_or(1.0, |below| 1.0 - binomial_at_most(below, n, p));
    }
    let odds = p / (1.0 - p);
    tail(binomial(x, n, p), |step| ((n - x) as f64 - step + 1.0) / (x as f64 + step) * odds)
}

/// The two-sided p of `x` of `n` (x ≤ n, 0 < p < 1): the chance of all outcomes that are no likelier than this one, as
/// `scipy.stats.binomtest` and R's `binom.test` define it. Outcomes within 1e-7 of as likely count as likely.
pub fn binomial_two_sided(x: u64, n: u64, p: f64) -> f64 {
    let (mean, as_likely) = (n as f64 * p, binomial(x, n, p) * (1.0 + 1.0e-7));
    // Beyond the mean, away from it, chances fall: the first of the other side that is no likelier is found by halving.
    let both = if (x as f64) < mean {
        let (mut from, mut to) = (mean.ceil() as u64, n + 1);
        while from < to {
            let middle = from.midpoint(to);
            if binomial(middle, n, p) <= as_likely { to = middle } else { from = middle + 1 }
        }
        binomial_at_most(x, n, p) + if from <= n { binomial_at_least(from, n, p) } else { 0.0 }
    } else if x as f64 > mean {
        let (mut from, mut to) = (0, mean.floor() as u64 + 1);
        while from < to {
            let middle = from.midpoint(to);
            if binomial(middle, n, p) <= as_likely { from = middle + 1 } else { to = middle }
        }
        binomial_at_least(x, n, p) + from.checked_sub(1).map_or(0.0, |last| binomial_at_most(last, n, p))
    } else {
        1.0
    };
    both.min(1.0)
}

/// The chance left out at each end of a 95 % interval.
const EACH_END: f64 = 0.025;

/// Steps of Newton's method; a handful are needed.
const MOST_STEPS: usize = 100;

/// Where `step` no longer moves. Each method below starts it on a function that is concave, where it cannot go astray.
fn newton(start: f64, step: impl Fn(f64) -> f64) -> f64 {
    let mut at = start;
    for _ in 0..MOST_STEPS {
        let next = step(at);
        // Digits double with each step.
        let still = (next - at).abs() <= at.abs() * 1.0e-10;
        at = next;
        if still {
            break;
        }
    }
    at
}

/// The exact 95 % limits of the mean of a Poisson count: χ²(0.025; 2x)/2 and χ²(0.975; 2x + 2)/2 (Garwood 1936, Biometrika 28,
/// 437–442).
pub fn poisson_limits(x: u64) -> (f64, f64) {
    let n = x as f64;
    // ln P(X ≥ x) is concave in ln m, with slope x P(x) / P(X ≥ x).
    let low = if x == 0 {
        0.0
    } else {
        newton(n, |m| {
            let beyond = poisson_at_least(x, m);
            m * ((EACH_END / beyond).ln() * beyond / (n * poisson(x, m))).exp()
        })
    };
    // ln P(X ≤ x) is concave in m, with slope −P(x) / P(X ≤ x).
    let high = newton(n + 1.0, |m| {
        let below = poisson_at_most(x, m);
        m - (EACH_END / below).ln() * below / poisson(x, m)
    });
    (low, high)
}

/// The lower exact 95 % limit of the odds p/(1 − p) behind `x` of `n` (Clopper & Pearson 1934, Biometrika 26, 404–413); the
/// upper limit is one over that of `n − x` of `n`.
pub fn binomial_odds_low(x: u64, n: u64) -> f64 {
    if x == 0 {
        return 0.0;
    }
    let (k, all) = (x as f64, n as f64);
    if x == n {
        let log = EACH_END.ln() / all;
        return log.exp() / -log.exp_m1();
    }
    // ln P(X ≥ x) is concave in ln p, with slope x P(x) / P(X ≥ x).
    let p = newton(k / all, |p| {
        let beyond = binomial_at_least(x, n, p);
        p * ((EACH_END / beyond).ln() * beyond / (k * binomial(x, n, p))).exp()
    });
    p / (1.0 - p)
}

#[cfg(test)]
#[path = "exact_tests.rs"]
mod tests;
