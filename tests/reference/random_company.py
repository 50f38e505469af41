#!/usr/bin/env python3
"""Makes small random companies as import files, so that many cases can be compared.

The same seed makes the same company. Edges are sought on purpose: month ends, leap days, holidays, amounts that hit
thresholds, late and corrected facts, empty classes, inactive people and accounts, few peers, missing costs.
Files with a number (sales.2.csv) are imported after those without. days.json names days for the watch and the exports.
"""

import argparse
import csv
import json
import random
from datetime import date, timedelta
from pathlib import Path

from days import add_months, easter, month_end, month_ends

COLUMNS = {
    "people": "external_id,name,email,role,team,manager,active,hourly_cost,customer_hours,known_on",
    "products": "external_id,name,group",
    "accounts": "external_id,name,business_id,parent,industry,size_class,owner,street,postal_code,city,country,active,"
    "known_on",
    "account_team": "account,person,role,from,until,known_on",
    "contacts": "external_id,account,name,title,email,phone",
    "sales": "invoice,line,day,account,product,quantity,net,cost,known_on",
    "activities": "external_id,account,kind,person,day,minutes,state,direction,contact,outcome,note,planned_on,known_on",
    "estimates": "account,group,yearly_need,estimator,person,day,justification,known_on",
    "abilities": "account,people,offering,processes,relationship,person,day,known_on",
    "targets": "account,year,target,person,day,known_on",
    "overrides": "account,segment,reason,person,from,review,known_on",
}
ROLES = ("seller", "kam", "inside_sales", "marketing", "service", "management", "process_owner", "admin", "manager")
KINDS = (
    "visit",
    "meeting",
    "remote_meeting",
    "call",
    "email",
    "letter",
    "management_meeting",
    "plan_review",
    "value_survey",
    "cross_selling_review",
    "potential_estimate",
    "account_plan",
)
SEGMENTS = ("strategic", "growth", "retention", "efficiency", "acquisition")
THRESHOLDS = ("current", "potential", "strategic_current", "strategic_potential")
CHANGED_CARE = """
[[care_model]]
segment = "retention"
silence_days = 40

[[care_model.line]]
kinds = ["visit"]
per_year = 8
answering = "kam"
minutes = 90

[[care_model.line]]
kinds = ["meeting", "remote_meeting"]
per_year = 3
answering = "service"
minutes = 60

[[care_model]]
segment = "efficiency"
silence_days = 90

[[care_model.line]]
kinds = ["call"]
per_year = 2
answering = "inside_sales"
minutes = 15
""".splitlines()


class Maker:
    def __init__(self, seed, accounts, ending, months=30):
        self.random = random.Random(f"{seed}/{accounts}/{ending}/{months}")
        self.ending = ending
        self.start = add_months(ending, -months).replace(day=1)
        self.rows = {}
        self.count = accounts
        self.invoice = 0
        self.activity = 0
        # Coarse amounts make equal values and hit suggested thresholds exactly.
        self.coarse = self.chance(0.4)
        self.cost_known = self.random.choice([0, 0.5, 0.9, 1])
        self.line_ids = self.chance(0.7)
        self.late = self.random.choice([0, 0, 0.05, 0.2])
        self.corrected = self.random.choice([0, 0.02, 0.1])

    def chance(self, p):
        return self.random.random() < p

    def add(self, table, /, file=1, **values):
        columns = COLUMNS[table].split(",")
        unknown = set(values) - set(columns) - {"from_day"}
        assert not unknown, unknown
        if "from_day" in values:
            values["from"] = values.pop("from_day")
        row = [values.get(name, "") for name in columns]
        text = [value.isoformat() if isinstance(value, date) else "" if value is None else str(value) for value in row]
        self.rows.setdefault((table, file), []).append(text)

    # Days

    def day(self, first=None, last=None):
        """A day between two, with a liking for month ends, leap days, holidays and the days beside them."""
        first, last = max(first or self.start, self.start), last or self.ending
        if last < first:
            return last
        if self.chance(0.25):
            edges = []
            for year in range(first.year, last.year + 1):
                sunday = easter(year)
                edges += [sunday - timedelta(days=2), sunday + timedelta(days=1), sunday + timedelta(days=39)]
                edges += [date(year, 12, 6), date(year, 12, 24), date(year, 1, 1), date(year, 1, 6), date(year, 5, 1)]
                edges += [month_end(year, 2), date(year, 6, 19), date(year, 2, 28)]
            edges += month_ends(first, last)
            edges += [edge + timedelta(days=1) for edge in month_ends(first, last)]
            edges = [edge for edge in edges if first <= edge <= last]
            if edges:
                return self.random.choice(edges)
        return first + timedelta(days=self.random.randint(0, (last - first).days))

    def late_known(self, day, p=None):
        """Now and then a fact is recorded later than it happened."""
        if not self.chance(self.late if p is None else p):
            return ""
        known = day + timedelta(days=self.random.choice([1, 3, 10, 31, 60, 120]))
        return min(known, self.ending)

    def known(self, day, p):
        """Some facts are recorded later than they happened, and some beforehand."""
        if self.chance(0.1):
            return day - timedelta(days=self.random.choice([1, 5, 20, 45]))
        return self.late_known(day, p)

    def after(self, day):
        return min(self.ending, day + timedelta(days=self.random.choice([0, 1, 5, 20, 40, 100])))

    # The company

    def make(self):
        self.make_people()
        self.make_products()
        self.make_accounts()
        for account in self.accounts:
            self.make_sales(account)
            self.make_activities(account)
            self.make_estimates(account)
            self.make_abilities_and_targets(account)
            self.make_overrides(account)
        return self.make_strategies()

    def make_people(self):
        count = self.random.randint(1, 9)
        self.people = [f"p{n}" for n in range(1, count + 1)]
        if count > 2:
            self.people[-1] = "p10"
        teams = ["north", "south", ""]
        for n, person in enumerate(self.people):
            role = "manager" if n == 0 and self.chance(0.8) else self.random.choice(ROLES)
            managers = [other for other in self.people[:n]]
            person_values = {
                "external_id": person,
                "name": f"Person {person}",
                "email": f"{person}@example.com",
                "role": role,
                "team": self.random.choice(teams),
                "manager": self.random.choice(managers) if managers and self.chance(0.8) else "",
                "active": "no" if self.chance(0.07) else self.random.choice(["", "yes"]),
                "hourly_cost": self.random.choice(["", "", "42.50", "61"]),
                "customer_hours": self.random.choice(["", "1000"]),
            }
            self.add("people", **person_values)
            for known_on in sorted({self.day() for _ in range(self.random.choice([0, 0, 0, 1, 2]))}):
                person_values["active"] = "no" if self.chance(0.25) else "yes"
                person_values["role"] = self.random.choice([person_values["role"], self.random.choice(ROLES)])
                person_values["team"] = self.random.choice(teams)
                person_values["hourly_cost"] = self.random.choice(["", "55", "61"])
                self.add("people", file=2, **person_values, known_on=known_on)

    def make_products(self):
        self.groups = ["concrete", "gravel", "pumping", "rental", "advice"][: self.random.randint(1, 5)]
        self.products = []
        for n in range(1, self.random.randint(2, 8)):
            group = self.random.choice(self.groups + [""])
            self.products.append(f"t{n}")
            self.add("products", external_id=f"t{n}", name=f"Product {n}", group=group)
        for group in self.groups:
            self.products.append(f"g-{group}")
            self.add("products", external_id=f"g-{group}", name=group.title(), group=group)

    def make_accounts(self):
        industries = self.random.choice([["building"], ["building", ""], ["building", "farming", "roads", ""]])
        sizes = self.random.choice([[""], ["small", ""], ["small", "large"], ["small", "large", ""]])
        self.accounts = [f"a{n}" for n in range(1, self.count + 1)]
        self.born = {}
        for n, account in enumerate(self.accounts):
            values = {
                "external_id": account,
                "name": f"Account {account}",
                "business_id": "",
                "parent": self.random.choice(self.accounts[:n]) if n and self.chance(0.1) else "",
                "industry": self.random.choice(industries),
                "size_class": self.random.choice(sizes),
                "owner": self.random.choice(self.people) if self.chance(0.93) else "",
                "city": "Turku",
                "country": "FI",
                "active": self.random.choice(["", "yes", "yes", "yes", "yes", "yes", "yes", "no"]),
            }
            self.born[account] = self.day() if self.chance(0.08) else None
            self.add("accounts", **values, known_on=self.born[account])
            first = (self.born[account] or self.start) + timedelta(days=1)
            for known_on in sorted({self.day(first) for _ in range(self.random.choice([0, 0, 0, 1, 1, 2]))}):
                what = self.random.choice(["owner", "owner", "industry", "size_class", "active"])
                values[what] = {
                    "owner": self.random.choice(self.people) if self.chance(0.9) else "",
                    "industry": self.random.choice(industries),
                    "size_class": self.random.choice(sizes),
                    "active": "no" if values["active"] != "no" else "yes",
                }[what]
                if first <= known_on:
                    self.add("accounts", file=2, **values, known_on=known_on)
            for _ in range(self.random.choice([0, 0, 1, 2])):
                start = self.random.choice(["", self.day()])
                until = self.random.choice(["", "", self.day(start or None)])
                role = self.random.choice(["kam", "kam", "inside_sales", "marketing", "service"])
                person = self.random.choice(self.people)
                self.add("account_team", account=account, person=person, role=role, from_day=start, until=until)
            if self.chance(0.5):
                self.add("contacts", external_id=f"c{account}", account=account, name=f"Contact of {account}")

    # Sales

    def amount(self, typical):
        if self.coarse:
            return self.random.choice([100, 200, 500, 1000, 1000, 2000])
        return round(self.random.lognormvariate(0, 0.8) * typical, 2)

    def make_sales(self, account):
        course = self.random.choice(
            ["steady", "steady", "steady", "steady", "falling", "stopped", "former", "rare", "new", "prospect"]
        )
        typical = self.random.choice([50, 300, 1000, 4000])
        gap = self.random.choice([4, 7, 14, 30, 30, 45, 60])
        first, last = self.start, self.ending
        if course == "prospect":
            if self.chance(0.2):
                # Only a return: no order day, yet a line.
                self.sale(account, self.day(), -self.amount(typical))
            return
        if course == "former":
            last = add_months(self.ending, -self.random.choice([23, 24, 24, 25]))
            last += timedelta(days=self.random.choice([-2, -1, 0, 1, 2]))
        if course == "stopped":
            last = self.ending - timedelta(days=self.random.choice([15, 30, 60, 90, 150, 300]))
        if course == "new":
            first = self.ending - timedelta(days=self.random.randint(1, 200))
        if course == "rare":
            gap = self.random.choice([120, 200])
        if self.born[account] and self.chance(0.5):
            first = max(first, self.born[account])
        turn = self.ending - timedelta(days=self.random.choice([60, 100, 130, 190, 250]))
        day = first + timedelta(days=self.random.randint(0, gap))
        while day <= last:
            scale = self.random.choice([0.1, 0.4, 0.75]) if course == "falling" and day > turn else 1
            on = day
            if self.chance(0.1):
                on = month_end(day.year, day.month)
            if on <= last:
                net = round(self.amount(typical) * scale, 2)
                self.sale(account, on, -net if self.chance(0.07) else net)
            day += timedelta(days=max(1, round(self.random.gauss(gap, gap / 5))))
        if course in ("stopped", "former") and first <= last:
            self.sale(account, last, self.amount(typical))
        if course == "steady" and self.chance(0.2):
            # The same months a year apart at exactly 80 %.
            for months, net in ((3, 8000), (15, 10000)):
                day = add_months(self.ending, -months).replace(day=15)
                if self.start <= day:
                    self.sale(account, day, net)

    def sale(self, account, day, net):
        self.invoice += 1
        invoice = f"i{self.invoice}"
        lines = self.random.choice([1, 1, 1, 2, 3])
        known_on = self.late_known(day)
        rows = []
        for line in range(1, lines + 1):
            part = round(net / lines, 2)
            cost = round(part * self.random.uniform(0.4, 1.05), 2) if self.chance(self.cost_known) else ""
            rows.append(
                {
                    "invoice": invoice,
                    "line": line if self.line_ids else "",
                    "day": day,
                    "account": account,
                    "product": self.random.choice(self.products + [""]),
                    "quantity": self.random.randint(1, 20),
                    "net": f"{part:.2f}",
                    "cost": "" if cost == "" else f"{cost:.2f}",
                    "known_on": known_on,
                }
            )
        for row in rows:
            self.add("sales", **row)
        if self.chance(self.corrected):
            self.correct_sale(rows)

    def correct_sale(self, rows):
        """The same lines again, known later: another amount, another day, another account or nothing at all."""
        row = self.random.choice(rows)
        known_on = self.after(row["known_on"] or row["day"])
        change = self.random.choice(["net", "day", "account", "nothing", "zero"])
        row["known_on"] = known_on
        if change == "net":
            row["net"] = f"{float(row['net']) * self.random.choice([0.5, 1.2, -1]):.2f}"
        elif change == "zero":
            row["net"] = "0"
        elif change == "day":
            row["day"] = max(self.start, row["day"] - timedelta(days=self.random.choice([1, 15, 40])))
        elif change == "account":
            row["account"] = self.random.choice(self.accounts)
        # Without line ids the lines are numbered in order of the file, so the whole invoice comes again.
        for each in rows if not self.line_ids else [row]:
            self.add("sales", file=2, **(each | {"known_on": known_on}))

    # Work

    def make_activities(self, account):
        cared = self.random.choice([0, 2, 6, 12, 30])
        for _ in range(self.random.randint(0, cared)):
            self.done(account, self.day())
        if self.chance(0.2):
            # A burst of contacts, as on entering Acquisition.
            first = self.day()
            for _ in range(self.random.choice([7, 8, 9])):
                last = min(self.ending, first + timedelta(days=60))
                self.done(account, self.day(first, last), kind=self.random.choice(["call", "visit", "email"]))
        for _ in range(self.random.choice([0, 0, 0, 1, 2, 5])):
            self.planned(account)

    def activity_id(self):
        self.activity += 1
        return f"t{self.activity}"

    def done(self, account, day, kind=None, external_id=None, file=1, **more):
        kind = kind or self.random.choice(KINDS + ("call", "visit", "call", "email"))
        self.add(
            "activities",
            file=file,
            external_id=external_id or self.activity_id(),
            account=account,
            kind=kind,
            person=self.random.choice(self.people) if self.chance(0.95) else "",
            day=day,
            minutes=self.random.choice(["", 5, 15, 20, 60, 125]),
            state="done",
            direction=self.random.choice(["in", "out", "out"]) if kind in ("email", "call", "letter") else "",
            outcome=self.random.choice(["", "", "", "no_answer"]) if kind in ("call", "email") else "",
            **({"known_on": self.late_known(day)} | more),
        )

    def planned(self, account):
        external_id, kind = self.activity_id(), self.random.choice(KINDS + ("call", "visit"))
        planned_on = self.day()
        day = planned_on + timedelta(days=self.random.choice([0, 1, 5, 10, 14, 15, 30, 60, 90]))
        if self.chance(0.4):
            day = self.ending + timedelta(days=self.random.choice([0, 1, 7, 13, 14, 15, 16, 30, 60]))
            planned_on = self.random.choice([planned_on, ""])
        plan = {
            "external_id": external_id,
            "account": account,
            "kind": kind,
            "person": self.random.choice(self.people),
            "day": day,
            "state": "planned",
            "planned_on": planned_on,
        }
        self.add("activities", **plan)
        what = self.random.choice(["left", "left", "done", "moved"])
        if what == "done":
            done_on = min(self.ending, (planned_on or self.start) + timedelta(days=self.random.randint(0, 60)))
            self.done(account, done_on, kind=kind, external_id=external_id, file=2)
        if what == "moved" and planned_on:
            plan["day"] = day + timedelta(days=self.random.choice([-5, 7, 30]))
            self.add("activities", file=2, **plan, known_on=self.after(planned_on))

    # What people have said

    def make_estimates(self, account):
        for _ in range(self.random.choice([0, 0, 0, 1, 1, 2, 4])):
            day = self.day()
            row = {
                "account": account,
                "group": self.random.choice(["", "", *self.groups]),
                "yearly_need": self.random.choice([0, 1000, 5000, 20000, 20000, 100000, "33333.33"]),
                "estimator": self.random.choice(["owner", "owner", "customer"]),
                "person": self.random.choice(self.people),
                "day": day,
                "justification": "",
                "known_on": self.known(day, 0.1),
            }
            self.add("estimates", **row)
            if self.chance(0.3):
                # Another one on the same day, by somebody else or by the customer, or a correction of the same.
                row["estimator"] = self.random.choice(["owner", "customer"])
                row["person"] = self.random.choice(self.people)
                row["yearly_need"] = self.random.choice([2000, 15000, 50000])
                row["known_on"] = self.after(day) if self.chance(0.7) else ""
                self.add("estimates", file=2, **row)

    def make_abilities_and_targets(self, account):
        for _ in range(self.random.choice([0, 0, 1, 2])):
            day = self.day()
            scores = {name: self.random.randint(1, 5) for name in ("people", "offering", "processes", "relationship")}
            person = self.random.choice(self.people)
            self.add("abilities", account=account, **scores, person=person, day=day, known_on=self.known(day, 0.1))
        for _ in range(self.random.choice([0, 0, 1, 2])):
            day = self.day()
            year = day.year + self.random.choice([0, 0, 1])
            target, person = self.random.choice([1000, 50000, "12345.67"]), self.random.choice(self.people)
            self.add("targets", account=account, year=year, target=target, person=person, day=day)

    def make_overrides(self, account):
        if not self.chance(0.25):
            return
        for start in sorted({self.day() for _ in range(self.random.choice([1, 1, 2, 3]))}):
            row = {
                "account": account,
                "segment": self.random.choice(SEGMENTS + ("", "strategic")),
                "reason": "decided",
                "person": self.random.choice(self.people),
                "from_day": start,
                "review": self.random.choice(["", "", self.after(start), start + timedelta(days=400)]),
                "known_on": self.known(start, 0.2),
            }
            if not row["segment"]:
                row["review"] = ""
            self.add("overrides", **row)
            if self.chance(0.2):
                row |= {"segment": self.random.choice(SEGMENTS + ("",)), "known_on": self.after(start)}
                self.add("overrides", file=2, **row)

    # The strategy

    def make_strategies(self):
        """Now and then another measure, given thresholds, another care model, and a later version."""
        self.strategies = {}
        if self.chance(0.4):
            given = self.random.choice([("current", "potential"), (), ("current",), THRESHOLDS])
            self.strategies["strategy.toml"] = self.strategy(given)
        if self.chance(0.2):
            start = self.day(add_months(self.start, 12))
            self.strategies["strategy.2.toml"] = f"from = {start}\n" + self.strategy(THRESHOLDS)
        return self

    def strategy(self, given):
        measure = self.measure = getattr(self, "measure", self.random.choice(["revenue", "margin", "profit"]))
        lines = [f'measure = "{measure}"']
        if self.chance(0.3):
            lines += [f"default_margin = {self.random.choice(['0.25', '0.4'])}", "hysteresis = 0.2"]
        if self.chance(0.3):
            lines += [f"days_off = [{self.day()}, {self.day()}]"]
        if self.chance(0.3):
            lines += ["", "[costs]", "default_hourly = 60", "kam = 75.50"]
        if self.chance(0.3):
            lines += ["", "[ability_weights]", "people = 2", "offering = 1", "processes = 0", "relationship = 3"]
        lines += ["", "[thresholds]"]
        ordinary = {"current": self.random.choice([1000, 5000, 10000]), "potential": self.random.choice([500, 2000, 8000])}
        for name in given:
            low = ordinary[name.removeprefix("strategic_")]
            euros = low * self.random.choice([1, 2, 5]) if name.startswith("strategic_") else low
            lines.append(f"{name} = {euros}")
        if self.chance(0.4):
            lines += CHANGED_CARE
        return "\n".join(lines) + "\n"

    # Out

    def days(self):
        """A first watch, further watches and the day of the exports, as a comparison may use them."""
        first = self.ending - timedelta(days=self.random.choice([0, 0, 1, 10, 30, 90, 200]))
        count = self.random.choice([0, 1, 3, 8])
        watches = sorted({first, self.ending} | {self.day(first) for _ in range(count)})
        return {
            "first_watch": first.isoformat(),
            "watch_days": [day.isoformat() for day in watches],
            "on": self.ending.isoformat(),
            "strategies": list(self.strategies),
        }

    def write(self, folder):
        folder.mkdir(parents=True, exist_ok=True)
        for (kind, file), lines in sorted(self.rows.items()):
            name = f"{kind}.csv" if file == 1 else f"{kind}.{file}.csv"
            with open(folder / name, "w", encoding="utf-8", newline="") as out:
                writer = csv.writer(out, lineterminator="\n")
                writer.writerow(COLUMNS[kind].split(","))
                writer.writerows(lines)
        for name, text in self.strategies.items():
            (folder / name).write_text(text, encoding="utf-8")
        (folder / "days.json").write_text(json.dumps(self.days(), indent=1) + "\n", encoding="utf-8")


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--accounts", type=int, help="5 to 60; default by the seed")
    parser.add_argument("--ending", type=date.fromisoformat, default=date(2026, 6, 30))
    parser.add_argument("--months", type=int, default=30)
    options = parser.parse_args(arguments)
    accounts = options.accounts or random.Random(options.seed).choice([5, 8, 12, 25, 40, 60])
    Maker(options.seed, accounts, options.ending, options.months).make().write(options.folder)


if __name__ == "__main__":
    main()
