"""Exact arithmetic: money in integer cents, shares as fractions, percentiles, rounding and writing."""

from fractions import Fraction
from math import floor


def half_away(value):
    """"rounded half away from zero"."""
    value = Fraction(value)
    return floor(value + Fraction(1, 2)) if value >= 0 else -floor(-value + Fraction(1, 2))


def parse_cents(text):
    """"Money is integer cents, rounded half away from zero once, when it comes in"; None when empty."""
    text = (text or "").strip()
    return half_away(Fraction(text) * 100) if text else None


def percentile(values, p):
    """"linear interpolation (Hyndman-Fan type 7)"; `p` a fraction between 0 and 1, `values` not empty."""
    ordered = sorted(values)
    position = (len(ordered) - 1) * Fraction(p)
    below = floor(position)
    if below + 1 == len(ordered):
        return Fraction(ordered[below])
    return ordered[below] + (position - below) * (ordered[below + 1] - ordered[below])


def median(values):
    return percentile(values, Fraction(1, 2))


def two_significant_digits_down(value):
    """"Rounded down to two significant digits"; of cents, so a value under one euro stays as it is in whole cents."""
    whole = floor(Fraction(value))
    if whole < 100:
        return whole
    step = 10 ** (len(str(whole)) - 2)
    return whole // step * step


def euros(cents):
    """Cents as euros with two decimals, empty for none."""
    if cents is None:
        return ""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def six(value):
    """"fractions with six decimals", empty for none."""
    if value is None:
        return ""
    millionths = half_away(Fraction(value) * 1_000_000)
    sign = "-" if millionths < 0 else ""
    return f"{sign}{abs(millionths) // 1_000_000}.{abs(millionths) % 1_000_000:06d}"
