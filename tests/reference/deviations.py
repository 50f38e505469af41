"""Deviations (`steering`): one function per kind, each from the facts of one account on one day."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import floor

from care import care_lines, is_active, silence
from days import (
    month_end_on_or_before,
    months_ending,
    previous_month_end,
    window,
)
from exact import euros, half_away, percentile, six
from segments import NOT_ASSESSED, review_day
from strategy import CareLine
from values import measured

ESTIMATED_SEGMENTS = ("strategic", "growth", "retention", "acquisition")
AT_RISK, TO_GAIN = "at_risk", "to_gain"
LEAST_FALL_CENTS = 1_000_00


@dataclass
class Deviation:
    """"Each has expected, actual, since, stake, side"; expected and actual as written in the export."""

    account: str
    kind: str
    subject: str
    expected: str
    actual: str
    since: date
    stake: int
    side: str
    line: CareLine = None
    late_from: date = None

    @property
    def key(self):
        return self.kind, self.subject


def stake_of(share, value):
    """Rounded once, "No stake is below 0"."""
    return max(0, half_away(share * value))


class Steering:
    """Deviations of accounts on days.

    `acknowledged_on` is the day of the first watch that knew the thresholds, None before any watch; `before` is the
    steering of the watches before that day, which saw accounts that were not assessed.
    """

    def __init__(self, valuation, histories, acknowledged_on, before=None):
        self.valuation, self.histories = valuation, histories
        self.acknowledged_on, self.before = acknowledged_on, before
        self.found = {}

    def as_watched(self, day):
        """The steering as a watch of a day had it."""
        return self.before if self.before and day < self.acknowledged_on else self

    def deviations(self, account, on):
        key = account.external_id, on
        if key not in self.found:
            self.found[key] = self.find(account, on)
        return self.found[key]

    def find(self, account, on):
        state = account.on(on)
        if state is None or not state.active:
            return []
        history = self.histories[account.external_id]
        situation = Situation(self.valuation, history, on)
        return sorted(
            [
                *care_deviations(situation),
                *silent(situation),
                *value_declining(situation),
                *rhythm_broken(situation),
                *segment_changed(situation, self.acknowledged_on),
                *override_review(situation),
                *potential_missing(situation),
                *potential_stale(situation),
                *owner_missing(situation),
            ],
            key=lambda d: (d.kind.encode(), d.subject.encode()),
        )


class Situation:
    """What the kinds of deviations look at."""

    def __init__(self, valuation, history, on):
        self.valuation, self.history, self.on = valuation, history, on
        self.account = history.account
        self.company = valuation.company
        self.strategy = valuation.strategies.on(on)
        self.values = valuation.values(self.account, on)
        self.seen = valuation.seen(self.account, on)
        self.segment = history.effective_on(on)
        self.reachable = self.values.reachable or 0

    def base_value(self):
        """"Retention, Strategic, Efficiency: current value, at risk; Growth, Acquisition: reachable potential, to gain"."""
        if self.segment in ("growth", "acquisition"):
            return self.reachable, TO_GAIN
        return self.values.current, AT_RISK

    def exposure(self, kind):
        return self.strategy.exposures[kind]

    def deviation(self, kind, subject, expected, actual, since, stake, side, **more):
        return Deviation(self.account.external_id, kind, subject, expected, actual, since, stake, side, **more)


def care_deviations(situation):
    """care_late: "late and not covered"; care_not_planned: "Strategic or Growth: due and not covered"."""
    value, side = situation.base_value()
    for state in care_lines(situation.history, situation.on):
        line, rhythm = state.line, state.line.rhythm
        if state.covered:
            continue
        if state.state == "late":
            exposure = "care_very_late" if state.age > 2 * rhythm else "care_late"
            kind, since = "care_late", state.late_from
        elif state.state == "due" and situation.segment in ("strategic", "growth"):
            exposure = kind = "care_not_planned"
            since = state.due_from
        else:
            continue
        stake = stake_of(situation.exposure(exposure), value)
        yield situation.deviation(
            kind, line.name, six(rhythm), str(state.age), since, stake, side, line=line, late_from=state.late_from
        )


def silent(situation):
    """"above the limit and not held"; since = last + limit + 1."""
    quiet = silence(situation.history, situation.on)
    if quiet and quiet.is_above and not quiet.held:
        value, side = situation.base_value()
        stake = stake_of(situation.exposure("silence"), value)
        since = quiet.last + timedelta(days=quiet.limit + 1)
        yield situation.deviation("silence", "", str(quiet.limit), str(quiet.days), since, stake, side)


def fall(situation, end):
    """The last 3 whole months up to a month end against "the same months a year before": (before, now) when they fell.

    "< 80 % of the same months a year before (> 0), the fall > 5 % of current value and > 1,000 EUR".
    """
    company, seen, strategy = situation.company, situation.seen, situation.strategy
    now = measured(company, seen, strategy, *months_ending(end, 3))
    year_before = month_end_on_or_before(months_ending(end, 12)[0])
    before = measured(company, seen, strategy, *months_ending(year_before, 3))
    current = measured(company, seen, strategy, *window(end))
    fell = (
        before > 0
        and now * 100 < before * 80
        and (before - now) * 100 > current * 5
        and before - now > LEAST_FALL_CENTS
    )
    return (before, now) if fell else None


def value_declining(situation):
    """The fall "at this and the preceding month end, by an account with a usual gap of at most 45 days"."""
    gap = situation.values.usual_gap
    if gap is None or gap > 45:
        return
    this = month_end_on_or_before(situation.on)
    fell = fall(situation, this)
    if fell is None or fall(situation, previous_month_end(this)) is None:
        return
    since = this
    while fall(situation, previous_month_end(since)) is not None:
        since = previous_month_end(since)
    before, now = fell
    stake = stake_of(situation.exposure("value_declining"), 4 * (before - now))
    yield situation.deviation("value_declining", "", euros(before), euros(now), since, stake, AT_RISK)


def rhythm_broken(situation):
    """"days since it > max(2 x usual gap, P90 of those gaps, 14)"; closes "as *lost* when the account becomes former"."""
    values = situation.values
    if not values.gaps or values.state != "customer":
        return
    limit = max(2 * values.usual_gap, percentile(values.gaps, Fraction(90, 100)), Fraction(14))
    days = (situation.on - values.last_order).days
    if days > limit:
        first, last = window(values.last_order)
        then = measured(situation.company, situation.seen, situation.strategy, first, last)
        stake = stake_of(situation.exposure("rhythm_broken"), then)
        since = values.last_order + timedelta(days=floor(limit) + 1)
        yield situation.deviation("rhythm_broken", "", six(limit), str(days), since, stake, AT_RISK)


def segment_changed(situation, acknowledged_on):
    """"automatic segment, when assessed, differs from the acknowledged one ..., and no override is in force"."""
    history, on = situation.history, situation.on
    new = history.automatic_on(on)
    if acknowledged_on is None or on < acknowledged_on or new in ("", NOT_ASSESSED) or history.override_on(on):
        return
    old = history.acknowledged(acknowledged_on, on)
    if old is None or old.segment == new:
        return
    sides = history.evaluation_on(on).sides
    counted = 4 if "strategic" in (old.segment, new) else 2
    measures = (situation.values.current, situation.values.potential or 0) * 2
    moved = sum(
        abs(value - threshold)
        for value, threshold, was, now in list(
            zip(measures, situation.strategy.thresholds, old.sides, sides)
        )[:counted]
        if was != now
    )
    lost = (old.sides[0] and not sides[0]) or old.segment == "strategic"
    yield situation.deviation(
        "segment_changed",
        "",
        old.segment,
        new,
        history.automatic_since(on),
        stake_of(situation.exposure("segment_changed"), moved),
        AT_RISK if lost else TO_GAIN,
    )


def override_review(situation):
    """"an override whose review day has come": 2 % of current + reachable potential, to gain."""
    override = situation.history.override_on(situation.on)
    if override and review_day(override) <= situation.on:
        stake = stake_of(situation.exposure("override_review"), situation.values.current + situation.reachable)
        review = review_day(override)
        yield situation.deviation(
            "override_review", "", review.isoformat(), situation.on.isoformat(), review, stake, TO_GAIN
        )


def estimate_stake(situation, kind):
    """"2 % of max(reachable peer potential, current value)"."""
    value = max(situation.values.reachable_peer_potential, situation.values.current)
    return stake_of(situation.exposure(kind), value)


def potential_missing(situation):
    """"no person's estimate in force; effective Strategic, Growth, Retention or Acquisition"."""
    history, on = situation.history, situation.on
    if situation.segment not in ESTIMATED_SEGMENTS or situation.values.estimates:
        return
    since = history.since(on)
    for evaluation in reversed([e for e in history.evaluations if e.day <= on]):
        values = situation.valuation.values(situation.account, evaluation.day)
        if values.estimates or history.effective_on(evaluation.day) not in ESTIMATED_SEGMENTS:
            break
        since = evaluation.day
    stake = estimate_stake(situation, "potential_missing")
    yield situation.deviation("potential_missing", "", "", "", since, stake, TO_GAIN)


def potential_stale(situation):
    """"an estimate in force older than 365 days; same segments"; since = day + 366."""
    if situation.segment not in ESTIMATED_SEGMENTS:
        return
    for estimate in situation.values.estimates:
        days = (situation.on - estimate.day).days
        if days > 365:
            yield situation.deviation(
                "potential_stale",
                estimate.group,
                "365",
                str(days),
                estimate.day + timedelta(days=366),
                estimate_stake(situation, "potential_stale"),
                TO_GAIN,
            )


def owner_missing(situation):
    """"no owner, or owner inactive": 10 % of max(current value, reachable potential), at risk."""
    owner = situation.account.on(situation.on).owner
    if not is_active(situation.company, owner, situation.on):
        value = max(situation.values.current, situation.reachable)
        stake = stake_of(situation.exposure("owner_missing"), value)
        yield situation.deviation("owner_missing", "", "", "", None, stake, AT_RISK)
