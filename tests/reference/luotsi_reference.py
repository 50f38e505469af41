#!/usr/bin/env python3
"""A slow, independent calculation of the rules of the loop.

Reads a folder of import files and writes values.csv, segments.csv, care.csv, deviations.csv and proposals.csv as the
exports would be on a day. Everything is worked out anew from the facts, in exact arithmetic.
"""

import argparse
import copy
import csv
import json
import multiprocessing
import sys
from datetime import date, timedelta
from pathlib import Path

import facts
import strategy as strategy_module
from care import care_lines
from days import month_ends, parse_day
from deviations import Steering
from exact import euros, six
from proposals import proposals
from segments import AccountHistory, fill
from strategy import Strategies, Strategy
from values import Valuation

COLUMNS = {
    "values": "external_id,name,owner,customer_state,current_value,previous_value,trend,last_order,usual_gap,"
    "potential_value,potential_method,ability,reachable,share_of_wallet,customer_target,segment,segment_automatic,"
    "segment_reason",
    "segments": "external_id,segment,segment_automatic,segment_since",
    "care": "external_id,line,state,covered,last,age,rhythm,expected_to_date,done",
    "deviations": "external_id,kind,subject,expected,actual,since,stake,side",
    "proposals": "external_id,account,person,what,due_on,stake_at_risk,stake_to_gain,minutes,likelihood,priority,"
    "state,deviations,agenda",
}


def iso(day):
    return day.isoformat() if day else ""


class Reference:
    """One company with its strategy and its watches; answers with the rows of the exports of a day."""

    def __init__(self, company, strategies, watch_days, until):
        self.company, self.until = company, until
        self.watch_days = sorted(set(watch_days))
        self.valuation = Valuation(company, strategies)
        self.first_sale = company.first_sale()
        filled, self.acknowledged_on = fill(self.valuation, self.watch_days)
        self.unfilled = copy.copy(self.valuation)
        self.valuation.strategies = filled
        self.some_watch_was_early = bool(self.acknowledged_on) and self.watch_days[0] < self.acknowledged_on
        if self.first_sale:
            for end in month_ends(self.first_sale, until):
                self.valuation.peers(end)
        self.valuation.forget_facts()

    def steering(self, account):
        """The steering of one account."""
        before = None
        if self.some_watch_was_early:
            history = AccountHistory(self.unfilled, account, self.until, self.first_sale)
            before = Steering(self.unfilled, {account.external_id: history}, None)
        history = AccountHistory(self.valuation, account, self.until, self.first_sale)
        return Steering(self.valuation, {account.external_id: history}, self.acknowledged_on, before)

    def account_rows(self, external_id, days):
        """Rows of every export for one account on each of the days."""
        account = self.company.accounts[external_id]
        if not account.timeline or self.until < account.timeline[0][0]:
            return {}
        steering = self.steering(account)
        found = {day: self.rows_on(steering, account, day) for day in days if account.on(day) is not None}
        self.valuation.forget_facts()
        return found

    def rows_on(self, steering, account, on):
        history = steering.histories[account.external_id]
        values, state = self.valuation.values(account, on), account.on(on)
        segment, automatic = history.effective_on(on), history.automatic_on(on)
        active = state.active
        return {
            "values": [
                [
                    account.external_id,
                    account.name,
                    state.owner,
                    values.state,
                    euros(values.current),
                    euros(values.previous),
                    six(values.trend),
                    iso(values.last_order),
                    six(values.usual_gap),
                    euros(values.potential),
                    values.method,
                    six(values.ability),
                    euros(values.reachable),
                    six(values.share_of_wallet),
                    euros(values.target),
                    segment,
                    automatic,
                    "",
                ]
            ],
            "segments": [
                [account.external_id, segment, automatic, iso(history.since(on)) if active else ""]
            ],
            "care": [
                [
                    account.external_id,
                    line.line.name,
                    line.state,
                    "yes" if line.covered else "no",
                    iso(line.last),
                    str(line.age),
                    six(line.line.rhythm),
                    six(line.expected),
                    str(line.done),
                ]
                for line in (care_lines(history, on) if active else [])
            ],
            "deviations": [
                [d.account, d.kind, d.subject, d.expected, d.actual, iso(d.since), euros(d.stake), d.side]
                for d in steering.deviations(account, on)
            ],
            "proposals": [
                [
                    p.external_id,
                    p.account,
                    p.person,
                    p.what,
                    iso(p.due_on),
                    euros(p.stake_at_risk),
                    euros(p.stake_to_gain),
                    str(p.minutes),
                    six(p.likelihood),
                    six(p.priority),
                    "open",
                    ";".join(f"{d.account}:{d.kind}:{d.subject}" for d in p.deviations),
                    "",
                ]
                for p in sorted(
                    proposals(steering, account, on, self.watch_days), key=lambda p: p.external_id.encode()
                )
            ],
        }

    def rows(self, days, processes=1):
        """Rows of every export on every day: {day: {export: rows}} in order of external id."""
        ids = sorted(self.company.accounts, key=str.encode)
        found = {day: {export: [] for export in COLUMNS} for day in days}
        for of_account in self.each_account(ids, days, processes):
            for day, exports in of_account.items():
                for export, lines in exports.items():
                    found[day][export].extend(lines)
        for exports in found.values():
            exports["proposals"].sort(key=lambda row: row[0].encode())
        return found

    def each_account(self, ids, days, processes):
        if processes <= 1 or len(ids) < 20:
            return [self.account_rows(external_id, days) for external_id in ids]
        global shared
        shared = self, days
        with multiprocessing.get_context("fork").Pool(processes) as pool:
            return pool.map(account_rows_of_shared, ids, chunksize=4)


shared = None


def account_rows_of_shared(external_id):
    reference, days = shared
    return reference.account_rows(external_id, days)


def write(folder, exports):
    folder.mkdir(parents=True, exist_ok=True)
    for export, lines in exports.items():
        with open(folder / f"{export}.csv", "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS[export].split(","))
            writer.writerows(lines)


def parse_days(text):
    """Days and ranges: "2026-01-01,2026-02-01..2026-02-28"."""
    days = []
    for part in filter(None, (part.strip() for part in (text or "").split(","))):
        first, _, last = part.partition("..")
        day, last = parse_day(first), parse_day(last or first)
        while day <= last:
            days.append(day)
            day += timedelta(days=1)
    return days


def load_strategies(paths):
    """The version without a day is for all time, the others hold from the day they give."""
    versions = [strategy_module.load(path) for path in paths]
    if not any(version.start == date.min for version in versions):
        versions.append(Strategy())
    return Strategies(versions)


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="folder of import files")
    parser.add_argument("out", type=Path, help="folder for the exports; with several days a folder each")
    parser.add_argument("--on", help="day or days (comma, ranges with ..)")
    parser.add_argument("--first-watch", type=parse_day, help="day of the first watch; default: the first day of --on")
    parser.add_argument("--watch-days", help="days on which the watch ran (comma, ranges with ..)")
    parser.add_argument("--days", type=Path, help="JSON with first_watch, watch_days, on, strategies, as random_company writes it")
    parser.add_argument("--strategy", action="append", type=Path, help="file; may be repeated: later ones say `from`")
    parser.add_argument("--today", type=parse_day, help="day of the import; default: today")
    parser.add_argument("--processes", type=int, default=multiprocessing.cpu_count())
    options = parser.parse_args(arguments)

    given = json.loads(options.days.read_text(encoding="utf-8")) if options.days else {}
    days = parse_days(options.on or given.get("on"))
    watch_days = parse_days(options.watch_days or ",".join(given.get("watch_days", [])))
    if not days:
        parser.error("--on or --days is needed")
    first_watch = options.first_watch or parse_day(given.get("first_watch")) or min(watch_days, default=min(days))
    watch_days = [first_watch] + [day for day in watch_days if first_watch < day]

    company = facts.read(options.folder, options.today)
    for name, number, sentence in company.rejected:
        print(f"{name} line {number}: {sentence}", file=sys.stderr)
    paths = options.strategy or [options.folder / name for name in given.get("strategies", [])]
    reference = Reference(company, load_strategies(paths), watch_days, max(days))
    for day, exports in reference.rows(days, options.processes).items():
        write(options.out / day.isoformat() if len(days) > 1 else options.out, exports)


if __name__ == "__main__":
    main()
