"""Days, months and working days of the rules of the loop.

A day is a `datetime.date`. `MIN` means "for all time before", `MAX` means "no end".
"""

from datetime import date, timedelta
from functools import lru_cache

MIN = date.min
MAX = date.max
ONE_DAY = timedelta(days=1)


def parse_day(text):
    """An ISO day, or None for an empty text."""
    text = (text or "").strip()
    return date.fromisoformat(text) if text else None


def month_end(year, month):
    """The last day of a month."""
    following = date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)
    return following - ONE_DAY


def add_months(day, months):
    """The same day so many months later, clamped to the month's last day."""
    number = day.year * 12 + (day.month - 1) + months
    year, month = divmod(number, 12)
    month += 1
    return date(year, month, min(day.day, month_end(year, month).day))


def is_month_end(day):
    return (day + ONE_DAY).month != day.month


def month_end_on_or_before(day):
    """"the last month end on or before `on`"."""
    return day if is_month_end(day) else day.replace(day=1) - ONE_DAY


def month_ends(first, last):
    """All month ends from the month of `first` up to and including `last`."""
    ends = []
    day = month_end(first.year, first.month)
    while day <= last:
        ends.append(day)
        following = day + ONE_DAY
        day = month_end(following.year, following.month)
    return ends


def previous_month_end(day):
    """The month end before a month end."""
    return day.replace(day=1) - ONE_DAY


@lru_cache(maxsize=None)
def months_ending(end, months):
    """First and last day of the `months` whole months that end at the month end `end`."""
    year, month = divmod(end.year * 12 + end.month - months, 12)
    return date(year, month + 1, 1), end


def window(on):
    """"The window of `on` is the 12 whole months ending at the last month end on or before `on`."""
    return months_ending(month_end_on_or_before(on), 12)


def previous_window(on):
    """"The previous window is the 12 before that."""
    return months_ending(window(on)[0] - ONE_DAY, 12)


@lru_cache(maxsize=None)
def months_24_before(on):
    """The day after which "24 months before `on`" begin: the same day 24 months earlier, clamped."""
    return add_months(on, -24)


@lru_cache(maxsize=None)
def easter(year):
    """Easter Sunday of the Gregorian calendar."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    l = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * l) // 433
    month = (h + l - 7 * m + 90) // 25
    return date(year, month, (h + l - 7 * m + 33 * month + 19) % 32)


@lru_cache(maxsize=None)
def holidays(year):
    """Finnish public holidays, Midsummer Eve and Christmas Eve."""
    sunday = easter(year)
    midsummer_day = next(date(year, 6, n) for n in range(20, 27) if date(year, 6, n).weekday() == 5)
    all_saints = next(
        day
        for day in (date(year, 10, 31) + timedelta(days=n) for n in range(7))
        if day.weekday() == 5
    )
    return frozenset(
        [
            date(year, 1, 1),
            date(year, 1, 6),
            sunday - timedelta(days=2),
            sunday,
            sunday + timedelta(days=1),
            date(year, 5, 1),
            sunday + timedelta(days=39),
            sunday + timedelta(days=49),
            midsummer_day - ONE_DAY,
            midsummer_day,
            all_saints,
            date(year, 12, 6),
            date(year, 12, 24),
            date(year, 12, 25),
            date(year, 12, 26),
        ]
    )


class WorkingDays:
    """Monday to Friday without the holidays and without the company's own days off."""

    FIRST, LAST = date(1995, 1, 1), date(2075, 12, 31)

    def __init__(self, days_off=()):
        self.days_off = frozenset(days_off)
        self.until = []
        count = 0
        day = self.FIRST
        while day <= self.LAST:
            count += self.is_working(day)
            self.until.append(count)
            day += ONE_DAY

    def is_working(self, day):
        return day.weekday() < 5 and day not in holidays(day.year) and day not in self.days_off

    def after(self, start, end):
        """Working days after `start` up to and including `end`; 0 when `end` is not after `start`."""
        if end <= start:
            return 0
        first = self.FIRST.toordinal()
        return self.until[end.toordinal() - first] - self.until[start.toordinal() - first]

    def add(self, start, count):
        """The `count`th working day after `start`; `start` itself when `count` is 0."""
        day = start
        while count > 0:
            day += ONE_DAY
            count -= self.is_working(day)
        return day
