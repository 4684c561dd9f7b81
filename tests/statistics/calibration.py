"""How often the interval of a calibration factor covers the true factor."""

import numpy as np
from reference.experiments import incremental, shrunk

FACTORS = (0.0, 0.25, 0.5, 1.0, 1.5, 2.0)
ERRORS = (0.05, 0.1, 0.2, 0.4)
CREDIT_SHARE = 0.4  # of all conversions outside the control group
USERS_PER_CONVERSION = 50
OTHERS = 3  # conversions of users outside the test, per conversion of the treated


def coverage(runs=2000, seed=14, factors=FACTORS, errors=ERRORS, prior_sd=1.0):
    """One row per true factor and standard error of the measured factor: `coverage` is the share
    of tests whose interval holds the true factor.

    A channel with 40 % of the credits causes `true_factor` conversions per credit, which its
    control group therefore lacks. The groups are as large as the error asks for, and belong to a
    population whose other users are treated too.
    """
    random = np.random.default_rng(seed)
    rows = []
    for factor in factors:
        for error in errors:
            left = 1 - factor * CREDIT_SHARE  # of the conversions, without the channel
            treated = (1 + left) / (CREDIT_SHARE * error) ** 2
            users = round(USERS_PER_CONVERSION * treated)
            covered, spreads = 0, []
            for _ in range(runs):
                x_t = random.binomial(users, treated / users)
                x_c = random.binomial(users, left * treated / users)
                others = random.poisson(OTHERS * treated)
                credits = random.binomial(x_t + others, CREDIT_SHARE)
                treated_credit = x_t * credits / (x_t + others)
                difference, variance = incremental(users, x_t, users, x_c, 1)
                k, spread = shrunk([(treated_credit, difference, variance)], prior_sd)
                covered += abs(k - factor) <= 1.96 * spread
                spreads.append(spread)
            rows.append(
                {
                    "true_factor": factor,
                    "measured_error": error,
                    "mean_error": float(np.mean(spreads)),
                    "coverage": covered / runs,
                }
            )
    return rows
