"""The strategy: the defaults that the rules of the loop name, and a file that changes some of them.

A file is TOML (or the same as JSON) with any of: from, measure, default_margin, hysteresis, likelihood_prior, days_off,
[costs] (default_hourly and role = euros), [ability_weights], [thresholds] in euros, [exposures] (kind = share) and
[[care_model]] (segment, silence_days, [[care_model.line]] with name, kinds, per_year and after, or entering = {times,
within}, answering, minutes).
"""

import json
import tomllib
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from days import MIN, WorkingDays, parse_day

THRESHOLDS = ("current", "potential", "strategic_current", "strategic_potential")
CONTACTS = (
    "visit",
    "meeting",
    "remote_meeting",
    "call",
    "email",
    "letter",
    "management_meeting",
    "plan_review",
)


@dataclass(frozen=True)
class CareLine:
    """"Care line = kinds that count, per_year or an entering rule, answering role, minutes"."""

    name: str
    kinds: tuple
    role: str
    minutes: int
    per_year: int = 0
    times: int = 0
    within: int = 0
    after: int = 0

    @property
    def is_entering(self):
        return self.within > 0

    @property
    def rhythm(self):
        """"`rhythm` = 250 / per_year working days"; of an entering line L."""
        return Fraction(self.within) if self.is_entering else Fraction(250, self.per_year)


def line(kind, per_year, role, minutes, after=0):
    return CareLine(kind, (kind,), role, minutes, per_year=per_year, after=after)


DEFAULT_CARE = {
    "strategic": (
        line("visit", 12, "kam", 120),
        line("management_meeting", 2, "manager", 180),
        line("plan_review", 4, "kam", 120),
        line("value_survey", 2, "kam", 15),
        CareLine("account_plan", ("account_plan",), "kam", 240, times=1, within=20),
    ),
    "growth": (
        line("visit", 6, "owner", 120),
        line("call", 6, "owner", 15),
        line("cross_selling_review", 4, "owner", 45),
        line("potential_estimate", 2, "owner", 20),
    ),
    "retention": (
        line("visit", 4, "owner", 120),
        line("call", 4, "owner", 15),
        line("value_survey", 2, "owner", 15),
    ),
    "efficiency": (
        line("call", 1, "inside_sales", 15),
        CareLine("email_or_letter", ("email", "letter"), "marketing", 5, per_year=4),
    ),
    "acquisition": (
        CareLine("entering_contacts", CONTACTS, "owner", 15, times=8, within=40),
        line("call", 4, "owner", 15, after=40),
        line("visit", 1, "owner", 120, after=40),
    ),
}
DEFAULT_SILENCE = {"strategic": 30, "growth": 45, "retention": 60, "efficiency": 180, "acquisition": 90}
DEFAULT_EXPOSURES = {
    "care_late": Fraction(5, 100),
    "care_very_late": Fraction(10, 100),
    "care_not_planned": Fraction(2, 100),
    "silence": Fraction(10, 100),
    "value_declining": Fraction(25, 100),
    "rhythm_broken": Fraction(30, 100),
    "segment_changed": Fraction(10, 100),
    "override_review": Fraction(2, 100),
    "potential_missing": Fraction(2, 100),
    "potential_stale": Fraction(2, 100),
    "owner_missing": Fraction(10, 100),
}


@dataclass(frozen=True)
class Strategy:
    start: date = MIN
    measure: str = "revenue"
    default_margin: Fraction = Fraction(30, 100)
    hysteresis: Fraction = Fraction(10, 100)
    likelihood_prior: Fraction = Fraction(30, 100)
    default_hourly: int = 5000
    hourly: dict = field(default_factory=dict)
    days_off: tuple = ()
    ability_weights: tuple = (1, 1, 1, 1)
    thresholds: tuple = (None, None, None, None)
    exposures: dict = field(default_factory=lambda: dict(DEFAULT_EXPOSURES))
    silence: dict = field(default_factory=lambda: dict(DEFAULT_SILENCE))
    care: dict = field(default_factory=lambda: dict(DEFAULT_CARE))

    @property
    def is_complete(self):
        """"An account is assessed only when all four thresholds are set"."""
        return None not in self.thresholds

    @property
    def working_days(self):
        return working_days(self.days_off)


@lru_cache(maxsize=None)
def working_days(days_off):
    return WorkingDays(days_off)


class Strategies:
    """Versions in order of day. "The first strategy version has no start day: it holds for all time"."""

    def __init__(self, versions):
        self.versions = sorted(versions, key=lambda version: version.start)
        self.versions[0] = replace(self.versions[0], start=MIN)

    def on(self, day):
        return [version for version in self.versions if version.start <= day][-1]

    def line_since(self, segment, kinds):
        """"the day a model version first has a line with these kinds"."""
        for version in self.versions:
            if any(set(line.kinds) == set(kinds) for line in version.care.get(segment, ())):
                return version.start
        return MIN


def fraction(value):
    return Fraction(str(value))


def cents(value):
    return None if value is None else int(fraction(value) * 100)


def load(path, start=None):
    """A strategy from a TOML or JSON file; what it leaves out is as the rules' default."""
    path = Path(path)
    text = path.read_text(encoding="utf-8")
    given = json.loads(text, parse_float=str) if path.suffix == ".json" else tomllib.loads(text, parse_float=str)
    return from_dict(given, start)


def from_dict(given, start=None):
    base = Strategy()
    costs = dict(given.get("costs", {}))
    default_hourly = cents(costs.pop("default_hourly", 50))
    thresholds = given.get("thresholds", {})
    weights = given.get("ability_weights", {})
    care, silence = dict(base.care), dict(base.silence)
    for model in given.get("care_model", []):
        if "line" in model:
            care[model["segment"]] = tuple(care_line(entry) for entry in model["line"])
        if "silence_days" in model:
            silence[model["segment"]] = model["silence_days"]
    return Strategy(
        start=start or day_of(given.get("from")) or MIN,
        measure=given.get("measure", base.measure),
        default_margin=fraction(given.get("default_margin", "0.3")),
        hysteresis=fraction(given.get("hysteresis", "0.1")),
        likelihood_prior=fraction(given.get("likelihood_prior", "0.3")),
        default_hourly=default_hourly,
        hourly={role: cents(cost) for role, cost in costs.items()},
        days_off=tuple(day_of(day) for day in given.get("days_off", [])),
        ability_weights=tuple(
            weights.get(name, 1) for name in ("people", "offering", "processes", "relationship")
        ),
        thresholds=tuple(cents(thresholds.get(name)) for name in THRESHOLDS),
        exposures=base.exposures | {k: fraction(v) for k, v in given.get("exposures", {}).items()},
        silence=silence,
        care=care,
    )


def care_line(entry):
    entering = entry.get("entering", {})
    return CareLine(
        name=entry.get("name", entry["kinds"][0]),
        kinds=tuple(entry["kinds"]),
        role=entry.get("answering", "owner"),
        minutes=entry.get("minutes", 0),
        per_year=entry.get("per_year", 0),
        times=entering.get("times", 0),
        within=entering.get("within", 0),
        after=entry.get("after", 0),
    )


def day_of(value):
    return value if isinstance(value, date) or value is None else parse_day(value)
