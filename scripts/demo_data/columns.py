"""Columns of raw tables made at once, for tables with too many rows to make one by one."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from demo_data import clock

OFFSETS = (("+02:00", 2), ("-05:00", -5), ("+05:30", 5.5))
LAST_LOAD = (clock.EXTRACTED_AT - clock.BEGIN).total_seconds()


def text(numbers):
    return pa.array(numbers).cast(pa.string())


def joined(*parts):
    """The parts of each row, one after the other; a part is a column or one text for all."""
    return pc.binary_join_element_wise(*parts, "")


def where(condition, column, other=None):
    """The column in the rows that the condition is true of, else another column or null."""
    otherwise = pa.scalar(None, column.type) if other is None else other
    return pc.if_else(pa.array(condition), column, otherwise)


def coded(values, codes):
    """The value that each code stands for."""
    return pa.array(values, pa.string()).take(pa.array(codes))


def hexadecimal(rng, count, digits):
    """Random text of hexadecimal digits."""
    alphabet = np.frombuffer(b"0123456789abcdef", np.uint8)
    characters = alphabet[rng.integers(0, 16, count * digits)]
    ends = np.arange(count + 1, dtype=np.int32) * digits
    return pa.StringArray.from_buffers(count, pa.py_buffer(ends), pa.py_buffer(characters))


def moments(seconds):
    """Timestamps, of seconds since the demo year began."""
    begin = np.datetime64(clock.BEGIN, "us").astype(np.int64)
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
