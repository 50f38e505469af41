"""Numbers worked out by hand, sentence by sentence of the rules of the loop. Run: python3 -m unittest."""

import io
import json
import tempfile
import unittest
from contextlib import redirect_stdout
from datetime import date
from fractions import Fraction
from pathlib import Path

import compare
import facts
import segments
from care import care_lines, silence, stand_in, who_answers
from days import WorkingDays, add_months, easter, previous_window, window
from exact import euros, half_away, median, parse_cents, percentile, six, two_significant_digits_down
from luotsi_reference import Reference, load_strategies, main, parse_days
from random_company import Maker
from segments import is_high, segment_of
from strategy import Strategies, from_dict
from values import Valuation, customer_state, estimates_in_force, gaps_until_last_order

TODAY = date(2026, 10, 1)
PEOPLE = """external_id,name,role,team,manager,active,hourly_cost
boss,Boss,manager,,,yes,
eve,Eve,seller,north,boss,yes,
kim,Kim,kam,north,boss,yes,60
ina,Ina,inside_sales,south,boss,yes,
"""
PRODUCTS = """external_id,name,group
c,Concrete,concrete
g,Gravel,gravel
x,Other,
"""


def day(text):
    return date.fromisoformat(text)


def company(**files):
    """A company from the texts of import files; people and products are there unless given."""
    with tempfile.TemporaryDirectory() as folder:
        for kind, text in ({"people": PEOPLE, "products": PRODUCTS} | files).items():
            (Path(folder) / f"{kind.replace('_2', '.2')}.csv").write_text(text, encoding="utf-8")
        return facts.read(folder, TODAY)


def reference(until, strategy=None, watch_days=(), **files):
    strategies = Strategies([from_dict(strategy or {})])
    return Reference(company(**files), strategies, [day(w) for w in watch_days], day(until))


def sales(*lines):
    """Lines of "day account net product"."""
    text = "invoice,line,day,account,product,quantity,net,cost\n"
    for number, line in enumerate(lines):
        when, account, net, product = line.split()
        text += f"i{number},1,{when},{account},{product},1,{net},\n"
    return text


ONE_ACCOUNT = "external_id,name,industry,size_class,owner\na,Account,,,eve\n"
THRESHOLDS = {"current": 1000, "potential": 1000, "strategic_current": 100000, "strategic_potential": 100000}


class Days(unittest.TestCase):
    def test_easter_and_what_hangs_on_it(self):
        self.assertEqual(easter(2024), day("2024-03-31"))
        self.assertEqual(easter(2025), day("2025-04-20"))
        self.assertEqual(easter(2026), day("2026-04-05"))

    def test_working_days(self):
        working = WorkingDays()
        off = ["2026-01-01", "2026-01-06", "2026-04-03", "2026-04-06", "2026-05-01", "2026-05-14", "2026-06-19"]
        off += ["2025-12-24", "2025-12-25", "2025-12-26", "2026-06-20", "2026-10-31", "2024-12-06"]
        for text in off:
            self.assertFalse(working.is_working(day(text)), text)
        for text in ["2026-01-02", "2026-01-05", "2026-06-18", "2025-12-23", "2025-12-31", "2026-04-02"]:
            self.assertTrue(working.is_working(day(text)), text)
        # Thu 2 April, then Good Friday, a weekend and Easter Monday: Tuesday is the first after.
        self.assertEqual(working.after(day("2026-04-02"), day("2026-04-06")), 0)
        self.assertEqual(working.after(day("2026-04-02"), day("2026-04-07")), 1)
        self.assertEqual(working.add(day("2026-04-02"), 2), day("2026-04-08"))
        self.assertEqual(working.add(day("2026-04-02"), 0), day("2026-04-02"))
        self.assertEqual(WorkingDays([day("2026-04-07")]).add(day("2026-04-02"), 1), day("2026-04-08"))

    def test_window_is_twelve_whole_months(self):
        self.assertEqual(window(day("2026-03-30")), (day("2025-03-01"), day("2026-02-28")))
        self.assertEqual(window(day("2026-03-31")), (day("2025-04-01"), day("2026-03-31")))
        self.assertEqual(previous_window(day("2026-03-31")), (day("2024-04-01"), day("2025-03-31")))

    def test_months_are_clamped(self):
        self.assertEqual(add_months(day("2024-02-29"), 12), day("2025-02-28"))
        self.assertEqual(add_months(day("2026-02-28"), -24), day("2024-02-28"))
        self.assertEqual(add_months(day("2026-03-31"), -1), day("2026-02-28"))


class Exact(unittest.TestCase):
    def test_rounding_half_away_from_zero(self):
        self.assertEqual([half_away(Fraction(n, 2)) for n in (-3, -1, 1, 3)], [-2, -1, 1, 2])
        self.assertEqual(parse_cents("1.005"), 101)
        self.assertEqual(parse_cents("-1.005"), -101)
        self.assertIsNone(parse_cents(""))

    def test_percentile_of_type_seven(self):
        self.assertEqual(percentile([10, 20, 30, 40], Fraction(3, 4)), Fraction(65, 2))
        self.assertEqual(percentile([5], Fraction(9, 10)), 5)
        self.assertEqual(median([7, 1, 4, 2]), 3)

    def test_two_significant_digits(self):
        self.assertEqual(two_significant_digits_down(Fraction(12_999_99)), 12_000_00)
        self.assertEqual(two_significant_digits_down(Fraction(119_999_999, 100)), 1_100_000)
        self.assertEqual(two_significant_digits_down(99), 99)

    def test_writing(self):
        self.assertEqual((euros(-5), euros(123456), euros(None)), ("-0.05", "1234.56", ""))
        self.assertEqual((six(Fraction(2, 3)), six(Fraction(-1, 2)), six(None)), ("0.666667", "-0.500000", ""))


class Facts(unittest.TestCase):
    def test_correction_supersedes_from_the_day_it_is_known(self):
        versions = []
        facts.record(versions, day("2026-01-10"), "first")
        facts.record(versions, day("2026-02-10"), "second")
        facts.record(versions, day("2026-02-20"), "second")
        self.assertEqual(len(versions), 2)
        self.assertEqual(facts.visible(versions, day("2026-01-09")), [])
        self.assertEqual(facts.visible(versions, day("2026-02-09")), ["first"])
        self.assertEqual(facts.visible(versions, day("2026-02-10")), ["second"])
        facts.record(versions, day("2026-01-05"), "third")
        self.assertEqual(facts.visible(versions, day("2026-03-01")), ["third"])

    def test_a_value_without_a_date_holds_for_all_time_before_the_first_change(self):
        found = company(
            accounts="external_id,name,owner\na,A,eve\n",
            accounts_2="external_id,name,owner,known_on\na,A,kim,2026-03-01\n",
        )
        account = found.accounts["a"]
        self.assertEqual(account.on(day("1999-01-01")).owner, "eve")
        self.assertEqual(account.on(day("2026-02-28")).owner, "eve")
        self.assertEqual(account.on(day("2026-03-01")).owner, "kim")

    def test_lines_without_id_are_numbered_and_unknown_accounts_rejected(self):
        found = company(
            accounts=ONE_ACCOUNT,
            sales="invoice,line,day,account,product,quantity,net,cost\n"
            "i,,2026-01-01,a,c,1,1,\ni,,2026-01-01,a,c,1,1,\nj,,2026-01-01,b,c,1,1,\n",
        )
        self.assertEqual(len(found.accounts["a"].sales), 2)
        self.assertEqual(found.rejected, [("sales.csv", 4, "unknown account b")])

    def test_a_planned_activity_exists_until_it_is_done(self):
        found = company(
            accounts=ONE_ACCOUNT,
            activities="external_id,account,kind,person,day,minutes,state,planned_on\n"
            "t,a,visit,eve,2026-02-10,,planned,2026-02-01\n",
            activities_2="external_id,account,kind,person,day,minutes,state\nt,a,visit,eve,2026-02-08,60,done\n",
        )
        seen = {d: [f.state for f in facts.visible(found.accounts["a"].activities, day(d))] for d in
                ("2026-01-31", "2026-02-01", "2026-02-07", "2026-02-08")}
        self.assertEqual(list(seen.values()), [[], ["planned"], ["planned"], ["done"]])


class ValuesOfAnAccount(unittest.TestCase):
    def valuation(self, strategy=None, **files):
        return Valuation(company(**files), Strategies([from_dict(strategy or {})]))

    def test_current_previous_trend_and_state(self):
        found = self.valuation(
            accounts=ONE_ACCOUNT,
            sales=sales(
                "2024-07-01 a 100 c", "2025-06-30 a 300 c", "2025-07-01 a 500 g", "2026-06-30 a -20 x", "2026-07-01 a 7 c"
            ),
        )
        account = found.company.accounts["a"]
        values = found.values(account, day("2026-07-15"))
        self.assertEqual((values.current, values.previous), (480_00, 400_00))
        self.assertEqual(values.trend, Fraction(1, 5))
        self.assertEqual(values.state, "customer")
        self.assertEqual(values.last_order, day("2026-07-01"))
        # The order of 1 July 2026 is within the 24 months up to and including 1 July 2028 less one day.
        self.assertEqual(found.values(account, day("2028-06-30")).state, "customer")
        self.assertEqual(found.values(account, day("2028-07-01")).state, "former")
        self.assertEqual(found.values(account, day("2024-06-30")).state, "prospect")

    def test_margin_and_profit(self):
        files = {
            "accounts": ONE_ACCOUNT,
            "sales": "invoice,line,day,account,product,quantity,net,cost\n"
            "i,1,2026-01-10,a,c,1,100.00,60.00\ni,2,2026-01-10,a,c,1,0.05,\n",
            "activities": "external_id,account,kind,person,day,minutes,state,outcome\n"
            "t1,a,visit,kim,2026-01-10,20,done,\nt2,a,call,eve,2026-01-10,1,done,\nt3,a,call,eve,2026-01-11,60,done,no_answer\n",
        }
        # 40.00 and 30 % of 0.05 = 0.015, rounded away to 0.02.
        found = self.valuation({"measure": "margin"}, **files)
        self.assertEqual(found.values(found.company.accounts["a"], day("2026-01-31")).current, 40_02)
        # Kim 20 min at 60 EUR = 20.00, Eve 1 min at 50 EUR = 0.8333 -> 0.83; no answer costs nothing.
        found = self.valuation({"measure": "profit"}, **files)
        self.assertEqual(found.values(found.company.accounts["a"], day("2026-01-31")).current, 40_02 - 20_00 - 83)

    def test_usual_gap_needs_five_order_days(self):
        days = [day(f"2026-01-{n:02d}") for n in (1, 3, 6, 10)]
        self.assertEqual(gaps_until_last_order(days), [])
        gaps = gaps_until_last_order(days + [day("2026-01-20")])
        self.assertEqual((gaps, median(gaps)), ([2, 3, 4, 10], Fraction(7, 2)))

    def test_size_gap_and_mix_gap(self):
        accounts = "external_id,name,industry,size_class,owner\n" + "".join(f"a{n},A,,,eve\n" for n in range(1, 6))
        found = self.valuation(
            accounts=accounts,
            sales=sales(
                "2026-01-05 a1 100 c", "2026-01-05 a2 200 c", "2026-01-05 a3 300 c", "2026-01-05 a4 400 c",
                "2026-01-05 a4 400 g", "2026-01-05 a5 1000 g",
            ),
        )
        accounts = found.company.accounts
        on = day("2026-02-10")
        # Current values 100, 200, 300, 800, 1000: P75 = 800.
        self.assertEqual(found.values(accounts["a1"], on).potential, 700_00)
        # Shares of concrete 1 1 1 .5 0: P75 = 1; of gravel 0 0 0 .5 1: P75 = .5; sum 1.5, so 2/3 and 1/3.
        # a5: concrete 2/3 x 1000 - 0 = 666.67, gravel 333.33 - 1000 < 0; no size gap.
        self.assertEqual(found.values(accounts["a5"], on).potential, 666_67)
        # a4: concrete 2/3 x 800 - 400 = 133.33, gravel 266.67 - 400 < 0; size gap 0.
        self.assertEqual(found.values(accounts["a4"], on).potential, 133_33)
        self.assertEqual(found.values(accounts["a4"], on).method, "peer")
        # Nothing was known at the end of December: no peers, no potential.
        self.assertIsNone(found.values(accounts["a4"], day("2026-01-30")).potential)

    def test_peers_of_the_same_class_when_there_are_twenty(self):
        accounts = "external_id,name,industry,size_class,owner\n"
        accounts += "".join(f"s{n},S,building,small,eve\n" for n in range(20))
        accounts += "".join(f"l{n},L,building,large,eve\n" for n in range(19))
        accounts += "e,E,,small,eve\n"
        lines = [f"2026-01-05 s{n} 10 c" for n in range(20)] + [f"2026-01-05 l{n} 1000 c" for n in range(19)]
        found = self.valuation(accounts=accounts, sales=sales(*lines, "2026-01-05 e 10 c"))
        on = day("2026-01-31")
        self.assertEqual(found.peer_set(on, "building", "small")[0], "class")
        self.assertEqual(found.peer_set(on, "building", "large")[0], "industry")
        self.assertEqual(found.peer_set(on, "building", "")[0], "industry")
        self.assertEqual(found.peer_set(on, "", "small")[0], "all")
        self.assertEqual(found.values(found.company.accounts["s1"], on).potential, 0)
        self.assertEqual(found.values(found.company.accounts["e"], on).potential, 990_00)

    def estimate(self, group, need, when, estimator="owner", person="eve"):
        return facts.Estimate("a", group, estimator, person, day(when), need, "")

    def test_estimates_in_force(self):
        total, concrete = self.estimate("", 100, "2026-01-10"), self.estimate("concrete", 50, "2026-01-11")
        early = self.estimate("gravel", 70, "2026-01-10")
        self.assertEqual(estimates_in_force([total, early]), [total])
        self.assertEqual(estimates_in_force([total, early, concrete]), [concrete])
        customer = self.estimate("", 30, "2026-01-10", "customer")
        self.assertEqual(estimates_in_force([total, customer]), [customer])
        greater = self.estimate("", 30, "2026-01-10", "owner", "kim")
        self.assertEqual(estimates_in_force([greater, total]), [greater])

    def test_potential_by_estimate_reachable_and_share_of_wallet(self):
        found = self.valuation(
            {"measure": "margin"},
            accounts=ONE_ACCOUNT,
            sales=sales("2026-01-05 a 100 c", "2026-01-05 a 300 g", "2026-01-05 a 50 x"),
            estimates="account,group,yearly_need,estimator,person,day\n"
            "a,concrete,1000.55,owner,eve,2026-02-01\na,gravel,200,customer,eve,2026-02-02\n",
            abilities="account,people,offering,processes,relationship,person,day\na,5,4,3,3,eve,2026-02-01\n",
        )
        values = found.values(found.company.accounts["a"], day("2026-02-10"))
        # Concrete 900.55 x 30 % = 270.165 -> 270.17; gravel is bought in full.
        self.assertEqual((values.potential, values.method), (270_17, "customer"))
        # Mean 3.75: 68.75 %.
        self.assertEqual(values.ability, Fraction(11, 16))
        self.assertEqual(values.reachable, half_away(Fraction(27017 * 11, 16)))
        self.assertEqual(values.share_of_wallet, Fraction(40000, 120055))

    def test_share_of_wallet_without_an_estimate(self):
        accounts = "external_id,name,industry,size_class,owner\na,A,,,eve\nb,B,,,eve\n"
        found = self.valuation(accounts=accounts, sales=sales("2026-01-05 a 100 c", "2026-01-05 b 300 c"))
        # P75 of 100 and 300 is 250: the potential of a is 150, so 100 / 250.
        values = found.values(found.company.accounts["a"], day("2026-01-31"))
        self.assertEqual((values.potential, values.share_of_wallet), (150_00, Fraction(2, 5)))

    def test_a_late_line_does_not_count_before_it_is_known(self):
        found = self.valuation(
            accounts=ONE_ACCOUNT,
            sales="invoice,line,day,account,product,quantity,net,cost,known_on\ni,1,2026-01-05,a,c,1,9,,2026-03-05\n",
        )
        account = found.company.accounts["a"]
        self.assertEqual(found.values(account, day("2026-03-04")).state, "prospect")
        self.assertEqual(found.values(account, day("2026-03-05")).current, 900)
        self.assertEqual(found.peers(day("2026-02-28")), [])


class SegmentsOfAnAccount(unittest.TestCase):
    def test_the_table(self):
        self.assertEqual(segment_of((False, True, False, False)), "acquisition")
        self.assertEqual(segment_of((True, True, True, False)), "growth")
        self.assertEqual(segment_of((True, True, True, True)), "strategic")
        self.assertEqual(segment_of((False, False, False, False)), "efficiency")
        self.assertEqual(segment_of((True, False, False, False)), "retention")
        self.assertTrue(is_high(5, 5))
        self.assertFalse(is_high(0, 0))

    def test_suggested_thresholds(self):
        accounts = "external_id,name,industry,size_class,owner\n" + "".join(f"a{n},A,,,eve\n" for n in range(1, 6))
        lines = [f"2026-01-05 a{n} {net} c" for n, net in enumerate((500, 300, 123.45, 50, 26.55), start=1)]
        found = Valuation(company(accounts=accounts, sales=sales(*lines)), Strategies([from_dict({})]))
        # 80 % of 1000 is 800: reached by 500 + 300. P75 = 300. Potentials: 0, 0, 176.55, 250, 273.45.
        # P75 of these 250, P90 = 250 + 0.6 x 23.45 = 264.07; P95 of current = 300 + 0.8 x 200 = 460.
        self.assertEqual(segments.suggest(found, day("2026-01-31")), (300_00, 250_00, 460_00, 260_00))
        del found.company.accounts["a5"]
        self.assertIsNone(segments.suggest(Valuation(found.company, found.strategies), day("2026-01-31")))

    def test_strategic_is_never_below_the_ordinary_thresholds(self):
        strategy = segments.complete(from_dict({"thresholds": {"current": 9999}}), (1, 500_00, 450_00, 400_00))
        self.assertEqual(strategy.thresholds, (9999_00, 500_00, 9999_00, 500_00))

    def history(self, until, *lines, **files):
        """One account with an estimate of 50,000 on 1 January 2024 and a need for potential far above its threshold."""
        estimates = "account,group,yearly_need,estimator,person,day\na,,50000,owner,eve,2024-01-01\n"
        found = reference(
            until,
            {"thresholds": THRESHOLDS},
            accounts=ONE_ACCOUNT,
            sales=sales(*lines),
            **({"estimates": estimates} | files),
        )
        return found.steering(found.company.accounts["a"]).histories["a"]

    def test_the_first_assignment_takes_plain_sides(self):
        history = self.history("2024-12-31", "2024-03-31 a 1000 c")
        self.assertEqual(history.effective_on(day("2023-12-31")), "not_assessed")
        self.assertEqual(history.effective_on(day("2024-01-01")), "acquisition")
        self.assertEqual(history.effective_on(day("2024-03-30")), "acquisition")

    def test_the_first_month_end_after_becoming_a_customer_sets_sides_anew(self):
        # 1,050 is within the band of 10 % above 1,000: by hysteresis it would stay low.
        history = self.history("2024-12-31", "2024-03-10 a 1050 c")
        self.assertEqual(history.effective_on(day("2024-03-30")), "acquisition")
        self.assertEqual(history.effective_on(day("2024-03-31")), "growth")
        self.assertEqual(history.since(day("2024-12-31")), day("2024-03-31"))

    def test_within_the_band_a_side_changes_at_the_third_month_end(self):
        history = self.history(
            "2024-12-31", "2024-03-10 a 500 c", "2024-05-10 a 550 c", "2024-06-10 a 50 c", "2024-06-20 a -1 c"
        )
        # 500 low; end of May 1,050, end of June 1,099, end of July 1,099: the third month end in a row.
        changes = [(d.isoformat(), s) for d, s in history.effective_changes]
        self.assertEqual(changes, [("2024-01-01", "acquisition"), ("2024-07-31", "growth")])

    def test_beyond_the_band_a_side_changes_at_once(self):
        history = self.history("2024-12-31", "2024-03-10 a 500 c", "2024-05-10 a 600.01 c")
        self.assertEqual(history.effective_changes[-1], (day("2024-05-31"), "growth"))
        history = self.history("2024-06-30", "2024-03-10 a 500 c", "2024-05-10 a 600 c")
        self.assertEqual(history.effective_changes[-1], (day("2024-01-01"), "acquisition"))

    def test_override_and_its_removal(self):
        history = self.history(
            "2024-12-31",
            "2024-03-10 a 5000 c",
            overrides="account,segment,reason,person,from,review\n"
            "a,strategic,known,eve,2024-05-10,\na,,over,eve,2024-09-01,\n",
        )
        self.assertEqual(history.effective_on(day("2024-05-09")), "growth")
        self.assertEqual(history.effective_on(day("2024-05-10")), "strategic")
        self.assertEqual(history.automatic_on(day("2024-05-10")), "growth")
        self.assertEqual(history.effective_on(day("2024-09-01")), "growth")
        self.assertEqual(history.since(day("2024-12-31")), day("2024-09-01"))

    def test_an_inactive_account_has_no_segment(self):
        files = {"accounts_2": "external_id,name,owner,active,known_on\na,Account,eve,no,2024-06-15\n"}
        history = self.history("2024-12-31", "2024-03-10 a 5000 c", **files)
        self.assertEqual(history.effective_on(day("2024-06-14")), "growth")
        self.assertEqual(history.effective_on(day("2024-06-15")), "")


class CareOfAnAccount(unittest.TestCase):
    def account(self, until, segment, start, *activities, extra="", **files):
        text = "external_id,account,kind,person,day,minutes,state,direction,outcome\n"
        for number, line in enumerate(activities):
            kind, when, state, *more = line.split()
            direction, outcome = (more + ["", ""])[:2]
            text += f"t{number},a,{kind},eve,{when},10,{state},{direction},{outcome}\n"
        found = reference(
            until,
            {"thresholds": THRESHOLDS},
            accounts=ONE_ACCOUNT,
            sales=sales("2025-01-10 a 5000 c"),
            overrides=f"account,segment,reason,person,from,review\na,{segment},r,eve,{start},\n",
            activities=text,
            **files,
        )
        steering = found.steering(found.company.accounts["a"])
        return found, steering, steering.histories["a"]

    def lines(self, until, segment, start, *activities, **files):
        history = self.account(until, segment, start, *activities, **files)[2]
        return {line.line.name: line for line in care_lines(history, day(until))}

    def test_kept_due_and_late(self):
        # Twelve a year: rhythm 20.83, due from age 17, grace 5 (4.17 rounded up), late from age 26.
        # From Monday 2 February 2026 on: age 16 is 24 February, 17 is the 25th, 25 is 9 March, 26 is 10 March.
        for until, state, age in (
            ("2026-02-24", "kept", 16),
            ("2026-02-25", "due", 17),
            ("2026-03-09", "due", 25),
            ("2026-03-10", "late", 26),
        ):
            visit = self.lines(until, "strategic", "2026-02-02")["visit"]
            self.assertEqual((visit.state, visit.age), (state, age), until)
            self.assertEqual((visit.due_from, visit.late_from), (day("2026-02-25"), day("2026-03-10")))

    def test_expected_to_date_and_done(self):
        visit = self.lines(
            "2026-02-24", "strategic", "2026-02-02", "visit 2026-02-02 done", "visit 2026-02-01 done", "visit 2026-02-10 done"
        )["visit"]
        self.assertEqual((visit.expected, visit.done), (Fraction(12 * 16, 250), 2))
        self.assertEqual(visit.last, day("2026-02-10"))
        # In force since the year before: counted from 1 January, after which 8 working days up to 14 January.
        visit = self.lines("2026-01-14", "strategic", "2025-11-03", "visit 2025-12-30 done")["visit"]
        self.assertEqual((visit.expected, visit.done), (Fraction(12 * 8, 250), 0))

    def test_no_answer_counts_for_nothing(self):
        call = self.lines("2026-02-24", "growth", "2026-02-02", "call 2026-02-10 done out no_answer")["call"]
        self.assertEqual((call.done, call.last), (0, day("2026-02-02")))

    def test_an_estimate_is_a_potential_estimate_done(self):
        estimates = "account,group,yearly_need,estimator,person,day\n"
        estimates += "a,concrete,1,owner,eve,2026-02-10\na,gravel,1,owner,eve,2026-02-10\n"
        line = self.lines("2026-02-24", "growth", "2026-02-02", estimates=estimates)["potential_estimate"]
        self.assertEqual((line.done, line.last), (1, day("2026-02-10")))

    def test_cover(self):
        # Not late: a plan up to and on the first late day, 10 March.
        for planned, covered in (("2026-03-10", True), ("2026-03-11", False), ("2026-02-24", False)):
            visit = self.lines("2026-02-25", "strategic", "2026-02-02", f"visit {planned} planned")["visit"]
            self.assertEqual((visit.state, visit.covered), ("due", covered), planned)
        # Late: up to the 10th working day after 10 March, 24 March.
        for planned, covered in (("2026-03-24", True), ("2026-03-25", False)):
            visit = self.lines("2026-03-10", "strategic", "2026-02-02", f"visit {planned} planned")["visit"]
            self.assertEqual((visit.state, visit.covered), ("late", covered), planned)

    def test_entering_line(self):
        # 20 working days from Monday 2 February 2026: age 16 on 24 February, 20 on 2 March, 21 on 3 March.
        for until, state in (("2026-02-23", "kept"), ("2026-02-24", "due"), ("2026-03-02", "due"), ("2026-03-03", "late")):
            plan = self.lines(until, "strategic", "2026-02-02")["account_plan"]
            self.assertEqual(plan.state, state, until)
        # Age 40 on 30 March: closed when not completed.
        self.assertIn("account_plan", self.lines("2026-03-27", "strategic", "2026-02-02"))
        self.assertNotIn("account_plan", self.lines("2026-03-30", "strategic", "2026-02-02"))
        done = self.lines("2026-05-29", "strategic", "2026-02-02", "account_plan 2026-03-30 done")["account_plan"]
        self.assertEqual((done.state, done.covered, done.expected, done.done), ("kept", True, 1, 1))
        before = self.lines("2026-03-03", "strategic", "2026-02-02", "account_plan 2026-02-01 done")["account_plan"]
        self.assertEqual((before.state, before.done), ("late", 0))

    def test_then_lines_come_into_force_on_the_fortieth_working_day(self):
        self.assertEqual(list(self.lines("2026-03-27", "acquisition", "2026-02-02")), ["entering_contacts"])
        lines = self.lines("2026-03-30", "acquisition", "2026-02-02")
        self.assertEqual(list(lines), ["entering_contacts", "call", "visit"])
        self.assertEqual((lines["call"].last, lines["call"].age), (day("2026-03-30"), 0))

    def test_silence(self):
        # Strategic, 30 days: entering on 2 February, the last inbound email on 5 February.
        for mail, last in (("in", "2026-02-05"), ("out", "2026-02-02")):
            history = self.account("2026-03-08", "strategic", "2026-02-02", f"email 2026-02-05 done {mail}")[2]
            quiet = silence(history, day("2026-03-08"))
            self.assertEqual((quiet.last, quiet.is_above), (day(last), True))
        self.assertEqual(silence(history, day("2026-03-04")).days, 30)
        self.assertFalse(silence(history, day("2026-03-04")).is_above)
        # Held by a planned two-way contact within 10 working days (20 March), not by an email.
        for planned, held in (("call 2026-03-20", True), ("call 2026-03-23", False), ("email 2026-03-10", False)):
            history = self.account("2026-03-06", "strategic", "2026-02-02", f"{planned} planned in")[2]
            self.assertEqual(silence(history, day("2026-03-06")).held, held, planned)

    def test_who_answers(self):
        found = company(accounts=ONE_ACCOUNT, account_team="account,person,role,from,until\na,ina,marketing,,\n")
        account, on = found.accounts["a"], day("2026-03-01")
        answers = {role: who_answers(found, account, role, on) for role in
                   ("owner", "manager", "kam", "inside_sales", "marketing", "service")}
        self.assertEqual(
            answers,
            {"owner": "eve", "manager": "boss", "kam": "kim", "inside_sales": "ina", "marketing": "ina", "service": "eve"},
        )

    def test_stand_in(self):
        people = "external_id,name,role,team,manager,active\n"
        people += "a1,A,manager,,,no\nb2,B,seller,,a1,no\nc3,C,manager,,,yes\nd4,D,manager,,,yes\n"
        found = company(people=people, accounts="external_id,name,owner\na,A,b2\nb,B,\n")
        for name in ("a", "b"):
            self.assertEqual(stand_in(found, found.accounts[name], day("2026-01-01")), "c3")


class SteeringOfAnAccount(unittest.TestCase):
    account = CareOfAnAccount.account

    def deviations(self, until, segment, start, *activities, **files):
        found, steering, _ = self.account(until, segment, start, *activities, **files)
        return {d.key: d for d in steering.deviations(found.company.accounts["a"], day(until))}

    def test_late_care_and_silence(self):
        found = self.deviations("2025-03-31", "strategic", "2025-02-03")
        # From Monday 3 February 2025 on: age 26 is 11 March; 31 March is age 40, not above 41.67.
        late = found["care_late", "visit"]
        self.assertEqual((late.expected, late.actual, late.since), ("20.833333", "40", day("2025-03-11")))
        self.assertEqual((late.stake, late.side), (250_00, "at_risk"))
        # Silent since 3 February: 31 days on 6 March.
        quiet = found["silence", ""]
        self.assertEqual((quiet.expected, quiet.actual, quiet.since, quiet.stake), ("30", "56", day("2025-03-06"), 500_00))
        # Four a year: rhythm 62.5, due from age 50.
        self.assertNotIn(("care_not_planned", "plan_review"), found)
        found = self.deviations("2025-04-02", "strategic", "2025-02-03")
        self.assertEqual(found["care_late", "visit"].stake, 500_00)

    def test_potential_missing_override_review_and_owner(self):
        found = self.deviations(
            "2026-02-03",
            "growth",
            "2025-02-03",
            accounts_2="external_id,name,owner,known_on\na,Account,,2026-01-05\n",
        )
        # Retention at the end of January 2025 already, so missing since that evaluation.
        self.assertEqual(found["potential_missing", ""].since, day("2025-01-31"))
        review = found["override_review", ""]
        self.assertEqual((review.since, review.expected, review.actual), (day("2026-02-03"), "2026-02-03", "2026-02-03"))
        self.assertEqual(found["owner_missing", ""].stake, 0)

    def steering(self, until, watch_days, lines, **files):
        found = reference(
            until, {"thresholds": THRESHOLDS}, watch_days, accounts=ONE_ACCOUNT, sales=sales(*lines), **files
        )
        steering = found.steering(found.company.accounts["a"])
        return found, {d.key: d for d in steering.deviations(found.company.accounts["a"], day(until))}

    def test_rhythm_broken(self):
        lines = [f"2026-01-{n:02d} a 100 c" for n in (1, 8, 15, 22, 29)]
        # Gaps of 7: limit 14. From the 15th day after the last order on.
        self.assertNotIn(("rhythm_broken", ""), self.steering("2026-02-12", [], lines)[1])
        broken = self.steering("2026-02-13", [], ["2025-12-30 a 1000 c", *lines])[1]["rhythm_broken", ""]
        self.assertEqual((broken.expected, broken.actual, broken.since), ("14.000000", "15", day("2026-02-13")))
        # 30 % of the current value at 31 December, the month end before the last order.
        self.assertEqual((broken.stake, broken.side), (300_00, "at_risk"))

    def test_value_declining(self):
        lines = [f"{year}-{month:02d}-{n:02d} a 1000 c" for year in (2024, 2025) for month in range(1, 13) for n in (5, 20)]
        lines = [line for line in lines if line < "2025-08"]
        lines += [f"2025-{month:02d}-{n:02d} a 300 c" for month in range(8, 13) for n in (5, 20)]
        # August 2025 on 600 a month instead of 2,000. End of August: 2,000 + 2,000 + 600 of 6,000 = 76.7 %: a fall.
        found, deviations = self.steering("2025-12-31", [], lines)
        declining = deviations["value_declining", ""]
        self.assertEqual((declining.since, declining.expected, declining.actual), (day("2025-08-31"), "6000.00", "1800.00"))
        self.assertEqual((declining.stake, declining.side), (4200_00, "at_risk"))
        self.assertNotIn(("value_declining", ""), self.steering("2025-08-31", [], lines)[1])
        self.assertIn(("value_declining", ""), self.steering("2025-09-30", [], lines)[1])

    def test_segment_changed(self):
        estimates = "account,group,yearly_need,estimator,person,day\na,,50000,owner,eve,2025-01-01\n"
        lines = ["2025-01-10 a 3000 c", "2025-06-10 a 400 c"]
        found, deviations = self.steering("2026-01-31", ["2025-12-31"], lines, estimates=estimates)
        changed = deviations["segment_changed", ""]
        # Growth while January 2025 is in the window; then 400 against 1,000, potential 49,600 high as before.
        self.assertEqual((changed.expected, changed.actual, changed.since), ("growth", "acquisition", day("2026-01-31")))
        self.assertEqual((changed.stake, changed.side), (60_00, "at_risk"))

    def test_proposals(self):
        found, steering, _ = self.account("2025-03-31", "strategic", "2025-02-03")
        rows = found.rows_on(steering, found.company.accounts["a"], day("2025-03-31"))["proposals"]
        by_id = {row[0]: row for row in rows}
        visit = by_id["a:kim:contact"]
        # Without a watch before, opened on 31 March; late: 5 working days later, 7 April.
        self.assertEqual(visit[3:5], ["visit", "2025-04-07"])
        self.assertEqual(visit[5:8], ["500.00", "0.00", "120"])
        # Silence: 0.3 x 500 / 45 = 3.33; the visit 0.3 x 250 / 150 = 0.5.
        self.assertEqual(visit[8:10], ["0.300000", "3.333333"])
        self.assertEqual(visit[11], "a:care_late:visit;a:silence:")
        # 31 March is age 40: the entering line of the account plan has closed.
        self.assertNotIn("a:kim:account_plan", by_id)
        self.assertEqual(by_id["a:eve:potential_estimate"][6], "100.00")

    def test_only_assign_owner_while_the_owner_is_missing(self):
        found, steering, _ = self.account(
            "2025-03-31", "strategic", "2025-02-03", accounts_2="external_id,name,owner,known_on\na,A,,2025-03-01\n"
        )
        rows = found.rows_on(steering, found.company.accounts["a"], day("2025-03-31"))["proposals"]
        self.assertEqual([row[0] for row in rows], ["a:boss:assign_owner"])

    def test_opened_is_the_first_watch_of_the_unbroken_run(self):
        found, steering, _ = self.account("2025-03-31", "strategic", "2025-02-03")
        found.watch_days = [day("2025-03-05"), day("2025-03-12"), day("2025-03-20")]
        rows = found.rows_on(steering, found.company.accounts["a"], day("2025-03-31"))["proposals"]
        # The visit is late since 11 March: seen on the 12th, due 5 working days later; silence seen on the 12th too.
        self.assertEqual({row[0]: row[4] for row in rows}["a:kim:contact"], "2025-03-19")


class WholePrograms(unittest.TestCase):
    def test_a_random_company_equals_itself_and_is_made_again_by_its_seed(self):
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            for name in ("one", "two"):
                Maker(5, 25, date(2026, 6, 30)).make().write(folder / name)
                main([str(folder / name), str(folder / f"out-{name}"), "--days", str(folder / name / "days.json")])
            texts = [sorted((p.name, p.read_text()) for p in (folder / name).iterdir()) for name in ("one", "two")]
            self.assertEqual(texts[0], texts[1])
            with redirect_stdout(io.StringIO()) as said:
                self.assertEqual(compare.main([str(folder / "out-one"), str(folder / "out-two")]), 0)
                values = folder / "out-two" / "values.csv"
                values.write_text(values.read_text().replace("Account a3,", "Account b3,"))
                self.assertEqual(compare.main([str(folder / "out-one"), str(folder / "out-two")]), 1)
            self.assertIn("values.name: 1 of 25", said.getvalue())

    def test_a_day_looks_the_same_alone_and_among_others(self):
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            Maker(6, 12, date(2026, 6, 30)).make().write(folder / "in")
            found = facts.read(folder / "in", TODAY)
            given = json.loads((folder / "in" / "days.json").read_text())
            strategies = load_strategies([folder / "in" / name for name in given["strategies"]])
            days = parse_days("2025-12-31,2026-02-14,2026-04-30..2026-05-03")
            watch_days = parse_days("2025-11-15,2026-01-31")
            together = Reference(found, strategies, watch_days, max(days)).rows(days)
            for on in days:
                self.assertEqual(Reference(found, strategies, watch_days, on).rows([on])[on], together[on])

    def test_deviation_keys_are_compared_as_sets(self):
        one = "a:care_late:visit;a:silence:"
        self.assertEqual(compare.keys_of(one), compare.keys_of("silence, care_late:visit"))


if __name__ == "__main__":
    unittest.main()
