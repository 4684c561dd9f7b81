"""Columns of raw tables made at once, for tables with too many rows to make one by one."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from demo_data import clock

OFFSETS = (("+02:00", 2), ("-05:00", -5), ("+05:30", 5.5))
LAST_LOAD = (clock.EXTRACTED_AT - clock.BEGIN).total_seconds()


def text(numbers):
    milliseconds = (np.asarray(seconds) * 1000).astype(np.int64)
    return pa.array(begin + milliseconds * 1000, pa.timestamp("us"))


def load_moments(seconds):
    """As `moments`, none after the last extract."""
    return moments(np.minimum(seconds, LAST_LOAD))


def stamps(rng, seconds):
    """Moments as text: mostly UTC without offset, now and then ISO with Z or an offset."""
    suffixes = ("Z", *(suffix for suffix, _ in OFFSETS))
    hours = np.array([0, *(hours for _, hours in OFFSETS)])
    form = rng.choice(4, len(seconds), p=(0.5, 0.2, 0.15, 0.15))
    plain = moments(seconds).cast(pa.string())
    iso = pc.replace_substring(moments(seconds + hours[form] * 3600).cast(pa.string()), " ", "T")
    return where(rng.random(len(seconds)) < 0.9, plain, joined(iso, coded(suffixes, form)))
