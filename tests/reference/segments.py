"""Segments (`segmentation`): suggested thresholds, sides with hysteresis, evaluation days, overrides."""

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from days import MIN, add_months, is_month_end, month_ends, previous_month_end
from exact import percentile, two_significant_digits_down
from facts import visible
from strategy import Strategies
from values import state_changes

NOT_ASSESSED = "not_assessed"
FEWEST_CUSTOMERS = 5

# Where the rules of the loop can be read in two ways; the README lists what each means.
FIRST_MONTH_END_MAY_BE_THE_SAME_DAY = False
THREE_MONTH_ENDS_COUNT_ONLY_SINCE_ASSIGNED = False


def is_high(value, threshold):
    """"On a threshold counts as high; a value of 0 or less is never high"."""
    return value >= threshold and value > 0


def plain_sides(current, potential, thresholds):
    """One side for each of the four thresholds: current, potential, strategic current, strategic potential."""
    return tuple(is_high(value, t) for value, t in zip((current, potential, current, potential), thresholds))


def segment_of(sides):
    """The table of the decks; "Strategic = both at or above the strategic thresholds"."""
    current, potential, strategic_current, strategic_potential = sides
    if strategic_current and strategic_potential:
        return "strategic"
    if potential:
        return "growth" if current else "acquisition"
    return "retention" if current else "efficiency"


def suggest(valuation, on):
    """"Suggested thresholds" of a day, as (current, potential, P95, P90); None when nothing can be suggested."""
    currents, customers, potentials = [], [], []
    for account in valuation.company.accounts.values():
        state = account.on(on)
        if state is None or not state.active:
            continue
        values = valuation.values(account, on)
        if values.current > 0:
            currents.append(values.current)
        if values.state == "customer":
            customers.append(values.current)
        if values.potential is not None:
            potentials.append(values.potential)
    if len(customers) < FEWEST_CUSTOMERS or not currents or not potentials:
        return None
    needed, reached = None, 0
    for value in sorted(currents, reverse=True):
        needed, reached = value, reached + value
        if reached * 100 >= sum(currents) * 80:
            break
    return (
        two_significant_digits_down(needed),
        two_significant_digits_down(percentile(potentials, Fraction(75, 100))),
        two_significant_digits_down(percentile(customers, Fraction(95, 100))),
        two_significant_digits_down(percentile(potentials, Fraction(90, 100))),
    )


def complete(strategy, suggested):
    """"a strategy that gives some gets the rest suggested"; strategic "never below the ordinary ones"."""
    current, potential, strategic_current, strategic_potential = strategy.thresholds
    current = suggested[0] if current is None else current
    potential = suggested[1] if potential is None else potential
    if strategic_current is None:
        strategic_current = max(suggested[2], current)
    if strategic_potential is None:
        strategic_potential = max(suggested[3], potential)
    return replace(strategy, thresholds=(current, potential, strategic_current, strategic_potential))


def fill(valuation, watch_days):
    """"the first watch that can writes the suggestions of its day into it".

    Returns the strategies with what was suggested, and the first watch day that had all four thresholds.
    """
    strategies, assessed_on = valuation.strategies, None
    for day in watch_days:
        waiting = [v for v in strategies.versions if v.start <= day and not v.is_complete]
        suggested = suggest(valuation, day) if waiting else None
        if suggested:
            versions = [complete(v, suggested) if v in waiting else v for v in strategies.versions]
            strategies = Strategies(versions)
        if assessed_on is None and strategies.on(day).is_complete:
            assessed_on = day
    return strategies, assessed_on


@dataclass
class Evaluation:
    """The automatic result of one evaluation day."""

    day: date
    active: bool
    sides: tuple
    segment: str
    thresholds: tuple


class AccountHistory:
    """The segments of one account, evaluation after evaluation, up to a day."""

    def __init__(self, valuation, account, until, first_sale):
        self.valuation, self.account, self.until = valuation, account, until
        self.state_changes = state_changes(account, until)
        self.became_customer = {day for day, state in self.state_changes if state == "customer"}
        self.month_ends = set(month_ends(first_sale, until)) if first_sale else set()
        self.evaluations = []
        self.evaluate_all()
        self.effective_changes = self.follow_effective()

    def evaluation_days(self):
        """"Evaluated at every month end ..., and at once on the day an estimate, ability, override or the strategy
        changes or the account becomes customer or former": it changes when it comes into view, so one that is told
        beforehand on its own day."""
        days = set(self.month_ends)
        days |= {day for day, state in self.state_changes if state in ("customer", "former")}
        days |= {version.start for version in self.valuation.strategies.versions}
        versions = [(version, version.fact.day) for version in self.account.estimates + self.account.abilities]
        versions += [(version, version.fact.start) for version in self.account.overrides]
        for version, day in versions:
            seen_from = max(version.known_from, day)
            if seen_from < version.known_until:
                days |= {seen_from, version.known_until}
        exists_from = self.account.timeline[0][0]
        return sorted(day for day in days if MIN < day <= self.until and exists_from <= day)

    def evaluate_all(self):
        sides, thresholds_before, reset_due, assigned_on = None, None, False, None
        for day in self.evaluation_days():
            active = self.account.on(day).active
            thresholds = self.valuation.strategies.on(day).thresholds
            values = self.valuation.values(self.account, day)
            if FIRST_MONTH_END_MAY_BE_THE_SAME_DAY and day in self.became_customer:
                reset_due = True
            if not active or None in thresholds or values.potential is None:
                sides = None
            elif sides is None or thresholds != thresholds_before or (reset_due and day in self.month_ends):
                sides, assigned_on = plain_sides(values.current, values.potential, thresholds), day
            else:
                sides = self.moved(day, sides, values, thresholds, assigned_on)
            if day in self.month_ends:
                reset_due = False
            if day in self.became_customer and not FIRST_MONTH_END_MAY_BE_THE_SAME_DAY:
                reset_due = True
            segment = "" if not active else NOT_ASSESSED if sides is None else segment_of(sides)
            self.evaluations.append(Evaluation(day, active, sides, segment, thresholds))
            thresholds_before = thresholds

    def moved(self, day, sides, values, thresholds, assigned_on):
        """The sides after hysteresis.

        "A side changes when the value is on the other side and |value - threshold| > 10 % of the threshold, or when
        it is there at this and the two preceding month ends".
        """
        band = self.valuation.strategies.on(day).hysteresis
        there_thrice = [False] * 4
        if day in self.month_ends:
            there_thrice = self.other_side_at_three_month_ends(day, sides, thresholds, assigned_on)
        result = []
        for side, value, threshold, thrice in zip(
            sides, (values.current, values.potential) * 2, thresholds, there_thrice
        ):
            other = is_high(value, threshold) != side
            far = abs(value - threshold) > band * threshold
            never_high = side and value <= 0
            result.append(not side if other and (far or thrice or never_high) else side)
        return tuple(result)

    def other_side_at_three_month_ends(self, day, sides, thresholds, assigned_on):
        there = [True] * 4
        end = day
        for _ in range(3):
            counted = end in self.month_ends and self.account.on(end) is not None
            if THREE_MONTH_ENDS_COUNT_ONLY_SINCE_ASSIGNED and end <= assigned_on:
                counted = False
            values = self.valuation.values(self.account, end) if counted else None
            for n, (side, threshold) in enumerate(zip(sides, thresholds)):
                value = None if values is None else (values.current, values.potential)[n % 2]
                there[n] = there[n] and value is not None and is_high(value, threshold) != side
            end = previous_month_end(end)
        return there

    # What is in force on a day

    def evaluation_on(self, day):
        """The newest evaluation up to a day; None before the first."""
        return next((e for e in reversed(self.evaluations) if e.day <= day), None)

    def automatic_on(self, day):
        """The automatic segment of a day; empty when inactive."""
        if not self.account.on(day).active:
            return ""
        evaluation = self.evaluation_on(day)
        return (evaluation.segment or NOT_ASSESSED) if evaluation else NOT_ASSESSED

    def override_on(self, day):
        """"in force from `from` until another override or its removal ... The newest `from` wins"."""
        overrides = [o for o in visible(self.account.overrides, day) if o.start <= day]
        newest = max(overrides, key=lambda o: o.start, default=None)
        return newest if newest and newest.segment else None

    def effective_on(self, day):
        """"Effective segment = override, else automatic"; empty when inactive."""
        if not self.account.on(day).active:
            return ""
        override = self.override_on(day)
        return override.segment if override else self.automatic_on(day)

    def follow_effective(self):
        """(day, segment) of every change of the effective segment."""
        days = {e.day for e in self.evaluations}
        days |= {start for start, _ in self.account.timeline if MIN < start <= self.until}
        changes = []
        for day in sorted(days):
            segment = self.effective_on(day)
            if segment != (changes[-1][1] if changes else NOT_ASSESSED):
                changes.append((day, segment))
        return changes

    def since(self, day):
        """"the day its effective segment became what it is"; None when it never was anything else."""
        return next((d for d, _ in reversed(self.effective_changes) if d <= day), None)

    def customer_since(self, day):
        """The day the account last became a customer."""
        return max((d for d in self.became_customer if d <= day), default=None)

    def automatic_since(self, day):
        """The evaluation that made the automatic segment what it is on a day."""
        since = None
        segment = None
        for evaluation in self.evaluations:
            if evaluation.day <= day and evaluation.segment != segment:
                since, segment = evaluation.day, evaluation.segment
        return since

    def acknowledged(self, first_watch, day):
        """The evaluation acknowledged: "that at the first watch or first assignment"; None when there is none yet."""
        at_first = self.evaluation_on(first_watch)
        if at_first and at_first.sides and self.account.on(first_watch).active and first_watch <= day:
            return at_first
        return next((e for e in self.evaluations if first_watch < e.day <= day and e.sides), None)


def review_day(override):
    """"review day (empty = 12 months)"."""
    return override.review or add_months(override.start, 12)
