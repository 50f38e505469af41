"""Reads a folder of import files into dated facts.

"Every fact has `day` (when true) and `known_on` (when recorded)". Facts with a key are kept as versions, each
visible from `known_from` until before `known_until`; people and accounts are kept as timelines.
"""

import csv
import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from days import MAX, MIN, parse_day
from exact import parse_cents

SEGMENTS = ("strategic", "growth", "retention", "efficiency", "acquisition")


class Rejected(Exception):
    """A row that cannot be taken, with a sentence."""


@dataclass
class Version:
    known_from: date
    known_until: date
    fact: object


class Sale(NamedTuple):
    account: str
    day: date
    product: str
    group: str
    quantity: str
    net: int
    cost: int


class Activity(NamedTuple):
    account: str
    kind: str
    person: str
    day: date
    minutes: int
    state: str
    direction: str
    outcome: str
    rest: tuple


class Estimate(NamedTuple):
    account: str
    group: str
    estimator: str
    person: str
    day: date
    need: int
    justification: str


class Ability(NamedTuple):
    account: str
    person: str
    day: date
    scores: tuple


class Target(NamedTuple):
    account: str
    year: int
    person: str
    day: date
    target: int


class Override(NamedTuple):
    account: str
    start: date
    segment: str
    review: date
    rest: tuple


class Membership(NamedTuple):
    account: str
    person: str
    role: str
    start: date
    until: date


class Person(NamedTuple):
    role: str
    team: str
    manager: str
    active: bool
    hourly_cost: int
    customer_hours: str


class AccountState(NamedTuple):
    owner: str
    industry: str
    size_class: str
    parent: str
    active: bool


@dataclass
class Account:
    external_id: str
    name: str = ""
    timeline: list = field(default_factory=list)
    sales: list = field(default_factory=list)
    activities: list = field(default_factory=list)
    estimates: list = field(default_factory=list)
    abilities: list = field(default_factory=list)
    targets: list = field(default_factory=list)
    overrides: list = field(default_factory=list)
    team: list = field(default_factory=list)

    def on(self, day):
        """Owner, industry, size class, parent and active as in force on `day`; None before the account exists."""
        return in_force(self.timeline, day)


@dataclass
class Company:
    people: dict
    accounts: dict
    groups: list
    rejected: list

    def person_on(self, external_id, day):
        timeline = self.people.get(external_id)
        return in_force(timeline, day) if timeline else None

    def first_sale(self):
        """The day of the first sales line of the company, None without sales."""
        return min((v.fact.day for a in self.accounts.values() for v in a.sales), default=None)


def in_force(timeline, day):
    found = None
    for start, value in timeline:
        if start <= day:
            found = value
    return found


def visible(versions, on):
    """"On `on` exist the facts with known_on <= on and, for what was done, day <= on"; superseded ones are not seen."""
    return [v.fact for v in versions if v.known_from <= on < v.known_until]


def record(versions, known_from, fact):
    """"A correction supersedes, the superseded stays readable": the same content again changes nothing."""
    for version in versions:
        if version.known_from <= known_from < version.known_until and version.fact == fact:
            return
    for version in versions:
        version.known_until = min(version.known_until, max(known_from, version.known_from))
    versions.append(Version(known_from, MAX, fact))


def record_master(timeline, known_on, today, value):
    """"a value that came without a date holds for all time before the first change"."""
    start = known_on or (today if timeline else MIN)
    if timeline and in_force(timeline, start) == value:
        return
    timeline[:] = [entry for entry in timeline if entry[0] != start] + [(start, value)]
    timeline.sort(key=lambda entry: entry[0])


def rows(folder, kind):
    """Rows of KIND.csv, then of KIND.2.csv, KIND.3.csv and so on, as dictionaries of trimmed texts."""
    pattern = re.compile(rf"{kind}(?:\.(\d+))?\.csv$")
    files = []
    for path in Path(folder).iterdir():
        match = pattern.match(path.name)
        if match:
            files.append((int(match.group(1) or 1), path))
    for _, path in sorted(files):
        with open(path, encoding="utf-8-sig", newline="") as file:
            yield path, [
                {name: (value or "").strip() for name, value in row.items() if name}
                for row in csv.DictReader(file)
            ]


def is_yes(text):
    """"active empty = yes"."""
    return text.lower() in ("", "yes", "true", "1", "y", "kyllä")


def read(folder, today=None):
    """All facts of a folder of import files. `today` is the day of the import."""
    today = today or date.today()
    reader = Reader(Path(folder), today)
    return reader.company()


class Reader:
    def __init__(self, folder, today):
        self.folder, self.today = folder, today
        self.people, self.accounts, self.products = {}, {}, {}
        self.rejected = []

    def company(self):
        self.masters("people", self.person, self.add_person)
        self.each("products", self.product)
        self.masters("accounts", self.account, self.add_account)
        keyed = {}
        for kind, read_row in (
            ("account_team", self.membership),
            ("sales", self.sale),
            ("activities", self.activity),
            ("estimates", self.estimate),
            ("abilities", self.ability),
            ("targets", self.target),
            ("overrides", self.override),
        ):
            keyed[kind] = defaultdict(list)
            self.each(kind, lambda row, kind=kind, read_row=read_row: self.add_keyed(keyed[kind], read_row(row)))
        for kind, place in (
            ("account_team", "team"),
            ("sales", "sales"),
            ("activities", "activities"),
            ("estimates", "estimates"),
            ("abilities", "abilities"),
            ("targets", "targets"),
            ("overrides", "overrides"),
        ):
            for versions in keyed[kind].values():
                for version in versions:
                    getattr(self.accounts[version.fact.account], place).append(version)
        groups = sorted({group for group in self.products.values() if group})
        return Company(self.people, self.accounts, groups, self.rejected)

    def each(self, kind, take):
        for path, lines in rows(self.folder, kind):
            self.invoice_numbers = defaultdict(int)
            for number, row in enumerate(lines, start=2):
                self.guarded(path, number, take, row)

    def masters(self, kind, parse, add):
        """"References inside a file are resolved when the whole file is read." """
        for path, lines in rows(self.folder, kind):
            names = {row.get("external_id", "") for row in lines}
            for number, row in enumerate(lines, start=2):
                self.guarded(path, number, lambda row: add(row, parse(row, names)), row)

    def guarded(self, path, number, take, row):
        try:
            take(row)
        except (Rejected, ValueError, ZeroDivisionError) as problem:
            self.rejected.append((path.name, number, str(problem) or repr(problem)))

    def add_keyed(self, kept, parsed):
        key, known_from, fact = parsed
        record(kept[key], known_from, fact)

    # Masters

    def person(self, row, names):
        manager = row.get("manager", "")
        if manager and manager not in names and manager not in self.people:
            raise Rejected(f"unknown person {manager}")
        return Person(
            row.get("role", ""),
            row.get("team", ""),
            manager,
            is_yes(row.get("active", "")),
            parse_cents(row.get("hourly_cost")),
            row.get("customer_hours", ""),
        )

    def add_person(self, row, value):
        timeline = self.people.setdefault(row["external_id"], [])
        record_master(timeline, parse_day(row.get("known_on")), self.today, value)

    def product(self, row):
        self.products[row["external_id"]] = row.get("group", "")

    def account(self, row, names):
        owner, parent = row.get("owner", ""), row.get("parent", "")
        self.known_person(owner)
        if parent and parent not in names and parent not in self.accounts:
            raise Rejected(f"unknown account {parent}")
        return AccountState(
            owner,
            row.get("industry", ""),
            row.get("size_class", ""),
            parent,
            is_yes(row.get("active", "")),
        )

    def add_account(self, row, value):
        account = self.accounts.setdefault(row["external_id"], Account(row["external_id"]))
        account.name = row.get("name", "")
        record_master(account.timeline, parse_day(row.get("known_on")), self.today, value)

    # Facts with a key: each returns its key, the day it is known from, and the fact.

    def membership(self, row):
        account, person, role = self.known_account(row), self.known_person(row["person"]), row["role"]
        start, until = parse_day(row.get("from")), parse_day(row.get("until"))
        known = parse_day(row.get("known_on")) or start or MIN
        fact = Membership(account, person, role, start or MIN, until or MAX)
        return (account, person, role), known, fact

    def sale(self, row):
        invoice, line = row["invoice"], row.get("line", "")
        if not line:
            # "a sales line without line id is numbered within its invoice in order of the file"
            self.invoice_numbers[invoice] += 1
            line = str(self.invoice_numbers[invoice])
        account, day, product = self.known_account(row), self.done_day(row), row.get("product", "")
        if product and product not in self.products:
            raise Rejected(f"unknown product {product}")
        fact = Sale(
            account,
            day,
            product,
            self.products.get(product, ""),
            str(Fraction(row.get("quantity") or "0")),
            parse_cents(row["net"]),
            parse_cents(row.get("cost")),
        )
        return (invoice, line), self.known_when_done(row, day), fact

    def activity(self, row):
        account, person = self.known_account(row), self.known_person(row.get("person", ""))
        state = row.get("state", "") or "done"
        if state == "done":
            day = self.done_day(row)
            known = self.known_when_done(row, day)
        else:
            # "for a planned activity `planned_on`, else it is known for all time"
            day = parse_day(row["day"])
            known = parse_day(row.get("known_on")) or parse_day(row.get("planned_on")) or MIN
        rest = (row.get("contact", ""), row.get("note", ""), row.get("planned_on", ""))
        minutes = int(row.get("minutes") or 0)
        fact = Activity(
            account, row["kind"], person, day, minutes, state, row.get("direction", ""), row.get("outcome", ""), rest
        )
        return (row["external_id"],), known, fact

    def estimate(self, row):
        account, person = self.known_account(row), self.known_person(row.get("person", ""))
        group, estimator, day = row.get("group", ""), row.get("estimator", "") or "owner", parse_day(row["day"])
        if group and group not in self.products.values():
            raise Rejected(f"unknown group {group}")
        fact = Estimate(
            account, group, estimator, person, day, parse_cents(row["yearly_need"]), row.get("justification", "")
        )
        return (account, group, estimator, person, day), self.known_when_done(row, day), fact

    def ability(self, row):
        account, person, day = self.known_account(row), self.known_person(row.get("person", "")), parse_day(row["day"])
        scores = tuple(int(row.get(name) or 0) for name in ("people", "offering", "processes", "relationship"))
        if any(scores) and not all(1 <= score <= 5 for score in scores):
            raise Rejected("all four ability scores or none")
        fact = Ability(account, person, day, scores if all(scores) else None)
        return (account, person, day), self.known_when_done(row, day), fact

    def target(self, row):
        account, person, day = self.known_account(row), self.known_person(row.get("person", "")), parse_day(row["day"])
        fact = Target(account, int(row["year"]), person, day, parse_cents(row["target"]))
        return (account, fact.year, person, day), self.known_when_done(row, day), fact

    def override(self, row):
        account, start, segment = self.known_account(row), parse_day(row["from"]), row.get("segment", "")
        if segment and segment not in SEGMENTS:
            raise Rejected(f"unknown segment {segment}")
        rest = (row.get("reason", ""), self.known_person(row.get("person", "")))
        fact = Override(account, start, segment, parse_day(row.get("review")), rest)
        return (account, start), self.known_when_done(row, start), fact

    # Parts of rows

    def known_account(self, row):
        if row["account"] not in self.accounts:
            raise Rejected(f"unknown account {row['account']}")
        return row["account"]

    def known_person(self, person):
        if person and person not in self.people:
            raise Rejected(f"unknown person {person}")
        return person

    def done_day(self, row):
        """"Rejected with a sentence: ... done activity or sale after today"."""
        day = parse_day(row["day"])
        if day is None or day > self.today:
            raise Rejected("a day after today")
        return day

    def known_when_done(self, row, day):
        """The first day on which known_on <= on and day <= on."""
        return max(day, parse_day(row.get("known_on")) or day)
