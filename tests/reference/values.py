"""Values (`base`): current value, trend, potential, ability, reachable, share of wallet, customer target."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from days import (
    ONE_DAY,
    add_months,
    month_end_on_or_before,
    months_24_before,
    previous_window,
    window,
)
from exact import half_away, median, percentile
from facts import visible

ENOUGH_PEERS = 20
P75 = Fraction(75, 100)

# Where the rules of the loop can be read in two ways; the README lists what each means.
COST_TO_SERVE_AT_ACTIVITY_DAY = True


@dataclass
class Values:
    """What is known of one account on one day; money in cents."""

    state: str
    current: int
    previous: int
    trend: Fraction
    last_order: date
    usual_gap: Fraction
    gaps: list
    peer_potential: int
    estimates: list
    potential: int
    method: str
    ability: Fraction
    reachable: int
    reachable_peer_potential: int
    share_of_wallet: Fraction
    target: int


class Seen:
    """The facts of one account that exist on one day."""

    def __init__(self, account, on):
        self.on = on
        self.sales = visible(account.sales, on)
        self.activities = visible(account.activities, on)
        self.estimates = visible(account.estimates, on)
        self.abilities = visible(account.abilities, on)
        self.targets = visible(account.targets, on)
        self.overrides = visible(account.overrides, on)

    def done(self):
        """Done activities that count: "Outcome `no_answer` counts for no line, silence, success or cost to serve"."""
        return [a for a in self.activities if a.state == "done" and a.outcome != "no_answer"]

    def planned(self):
        """Planned activities from the day on: "Plans before `on` cover nothing"."""
        return [
            a for a in self.activities if a.state == "planned" and a.outcome != "no_answer" and self.on <= a.day
        ]


def order_days(sales):
    """"Order day = a day with a line of net > 0", in order."""
    return sorted({sale.day for sale in sales if sale.net > 0})


def customer_state(sales, on):
    """"Customer: an order day in the 24 months before `on`; former: earlier only; else prospect"."""
    days = order_days(sales)
    if not days:
        return "prospect"
    return "customer" if days[-1] > months_24_before(on) else "former"


def gaps_until_last_order(days):
    """Days between consecutive order days "of the 24 months up to the last order"; none below 5 order days."""
    if not days:
        return []
    recent = [day for day in days if day > months_24_before(days[-1])]
    if len(recent) < 5:
        return []
    return [(after - before).days for before, after in zip(recent, recent[1:])]


def net_sales(sales, first, last, group=None):
    """Net of sales lines from `first` to `last`, of one product group or of all."""
    return sum(s.net for s in sales if first <= s.day <= last and (group is None or s.group == group))


def line_value(sale, strategy):
    """`revenue`: net; else "net - cost, a line without cost at the default margin ... rounded per line"."""
    if strategy.measure == "revenue":
        return sale.net
    if sale.cost is None:
        return half_away(sale.net * strategy.default_margin)
    return sale.net - sale.cost


def sales_value(sales, strategy, first, last, group=None):
    return sum(
        line_value(s, strategy) for s in sales if first <= s.day <= last and (group is None or s.group == group)
    )


def cost_to_serve(company, seen, strategy, first, last):
    """"done activities' minutes x hourly cost of the doer, else of the role, default 50 EUR, rounded per activity"."""
    total = 0
    for activity in seen.done():
        if first <= activity.day <= last:
            person = None
            if activity.person:
                day = activity.day if COST_TO_SERVE_AT_ACTIVITY_DAY else seen.on
                person = company.person_on(activity.person, day)
            hourly = strategy.default_hourly
            if person is not None:
                hourly = strategy.hourly.get(person.role, hourly)
                if person.hourly_cost is not None:
                    hourly = person.hourly_cost
            total += half_away(Fraction(activity.minutes * hourly, 60))
    return total


def measured(company, seen, strategy, first, last):
    """The chosen measure from `first` to `last`: the current value, when these are the window."""
    value = sales_value(seen.sales, strategy, first, last)
    if strategy.measure == "profit":
        value -= cost_to_serve(company, seen, strategy, first, last)
    return value


def newness(estimate):
    """"the newest ...; same day: customer before owner, then the greater person id"."""
    return estimate.day, estimate.estimator == "customer", estimate.person.encode()


def estimates_in_force(estimates):
    """"the newest of each group dated after the newest total, summed; else that total"."""
    totals = [e for e in estimates if e.group == ""]
    total = max(totals, key=newness, default=None)
    groups = {}
    for estimate in estimates:
        if estimate.group and (total is None or estimate.day > total.day):
            held = groups.get(estimate.group)
            if held is None or newness(estimate) > newness(held):
                groups[estimate.group] = estimate
    if groups:
        return [groups[group] for group in sorted(groups)]
    return [total] if total else []


def ability_share(abilities, weights):
    """"weighted mean of the four 1..5 scores, 1 -> 0 %, 5 -> 100 %; none -> 50 %"."""
    newest = max(abilities, key=lambda a: (a.day, a.person.encode()), default=None)
    if newest is None or newest.scores is None:
        return Fraction(1, 2)
    mean = Fraction(sum(w * s for w, s in zip(weights, newest.scores)), sum(weights))
    return (mean - 1) / 4


def customer_target(targets, on):
    """"the newest target for the calendar year of `on`"."""
    of_year = [t for t in targets if t.year == on.year]
    newest = max(of_year, key=lambda t: (t.day, t.person.encode()), default=None)
    return newest.target if newest else None


@dataclass
class Peer:
    """What an account is to its peers at a month end."""

    industry: str
    size_class: str
    current: int
    by_group: dict
    total: int


class Valuation:
    """Values of every account on every day, worked out from the facts each time; results are only remembered."""

    def __init__(self, company, strategies):
        self.company, self.strategies = company, strategies
        self.seen_on, self.remembered, self.peers_at, self.figures = {}, {}, {}, {}

    def seen(self, account, on):
        key = account.external_id, on
        if key not in self.seen_on:
            self.seen_on[key] = Seen(account, on)
        return self.seen_on[key]

    def forget_facts(self):
        """Lets go of what was only kept to save time."""
        self.seen_on.clear()

    def current(self, account, on):
        seen, strategy = self.seen(account, on), self.strategies.on(on)
        return measured(self.company, seen, strategy, *window(on))

    # Peers

    def peers(self, end):
        """Active customers with current value > 0 at a month end: "in no base, peer set or percentile" when inactive."""
        if end not in self.peers_at:
            first, last = window(end)
            strategy = self.strategies.on(end)
            found = []
            for account in self.company.accounts.values():
                state = account.on(end)
                if state is None or not state.active:
                    continue
                seen = self.seen(account, end)
                if customer_state(seen.sales, end) != "customer":
                    continue
                current = measured(self.company, seen, strategy, first, last)
                if current <= 0:
                    continue
                by_group = {
                    group: sales_value(seen.sales, strategy, first, last, group)
                    for group in {s.group for s in seen.sales if first <= s.day <= last and s.group}
                }
                # "with profit, of the margin": the shares are of the value of the lines, without cost to serve.
                total = sales_value(seen.sales, strategy, first, last)
                found.append(Peer(state.industry, state.size_class, current, by_group, total))
            self.peers_at[end] = found
        return self.peers_at[end]

    def peer_set(self, end, industry, size_class):
        """"of the same industry and size class (an empty one is no class); fewer than 20 -> same industry; ... all"."""
        everyone = self.peers(end)
        if industry and size_class:
            same = [p for p in everyone if p.industry == industry and p.size_class == size_class]
            if len(same) >= ENOUGH_PEERS:
                return "class", same
        if industry:
            same = [p for p in everyone if p.industry == industry]
            if len(same) >= ENOUGH_PEERS:
                return "industry", same
        return "all", everyone

    def peer_figures(self, end, industry, size_class):
        """P75 of the peers' current value, and s of every group; None without peers."""
        key = end, industry, size_class
        if key not in self.figures:
            _, peers = self.peer_set(end, industry, size_class)
            self.figures[key] = self.figures_of(peers) if peers else None
        return self.figures[key]

    def figures_of(self, peers):
        current = percentile([p.current for p in peers], P75)
        shares = {
            group: percentile([Fraction(p.by_group.get(group, 0), p.total) for p in peers if p.total], P75)
            for group in self.company.groups
            if any(p.total for p in peers)
        }
        above_one = max(Fraction(1), sum(shares.values(), Fraction(0)))
        return current, {group: share / above_one for group, share in shares.items()}

    def peer_potential(self, account, on, seen, current):
        """"The larger of size gap ... and mix gap"; "Peer figures are those of the window's last month end"."""
        state, strategy = account.on(on), self.strategies.on(on)
        figures = self.peer_figures(month_end_on_or_before(on), state.industry, state.size_class)
        if figures is None:
            return None
        first, last = window(on)
        typical, shares = figures
        size_gap = max(Fraction(0), typical - current)
        own = sales_value(seen.sales, strategy, first, last) if strategy.measure == "profit" else current
        mix_gap = Fraction(0)
        if own > 0:
            for group, share in shares.items():
                mix_gap += max(Fraction(0), share * own - sales_value(seen.sales, strategy, first, last, group))
        return max(half_away(size_gap), half_away(mix_gap))

    # One account on one day

    def values(self, account, on):
        key = account.external_id, on
        if key not in self.remembered:
            self.remembered[key] = self.work_out(account, on)
        return self.remembered[key]

    def work_out(self, account, on):
        seen, strategy = self.seen(account, on), self.strategies.on(on)
        first, last = window(on)
        to_measure = Fraction(1) if strategy.measure == "revenue" else strategy.default_margin

        state = customer_state(seen.sales, on)
        current = measured(self.company, seen, strategy, first, last)
        previous = measured(self.company, seen, strategy, *previous_window(on))
        days = order_days(seen.sales)
        gaps = gaps_until_last_order(days)

        # "A prospect or former customer has potential only by an estimate".
        peer = self.peer_potential(account, on, seen, current) if state == "customer" else None
        estimates = estimates_in_force(seen.estimates)
        if estimates:
            potential = sum(
                half_away(max(0, e.need - net_sales(seen.sales, first, last, e.group or None)) * to_measure)
                for e in estimates
            )
            method = max(estimates, key=newness).estimator
        else:
            potential, method = peer, "" if peer is None else "peer"

        ability = ability_share(seen.abilities, strategy.ability_weights)
        return Values(
            state=state,
            current=current,
            previous=previous,
            trend=Fraction(current, previous) - 1 if previous > 0 else None,
            last_order=days[-1] if days else None,
            usual_gap=median(gaps) if gaps else None,
            gaps=gaps,
            peer_potential=peer,
            estimates=estimates,
            potential=potential,
            method=method,
            ability=ability,
            reachable=None if potential is None else half_away(potential * ability),
            reachable_peer_potential=0 if peer is None else half_away(peer * ability),
            share_of_wallet=share_of_wallet(seen.sales, first, last, estimates, peer, to_measure),
            target=customer_target(seen.targets, on),
        )


def share_of_wallet(sales, first, last, estimates, peer, to_measure):
    """"net sales of the window / yearly need ... else net sales / (net sales + peer potential ...)"."""
    if estimates:
        bought = sum(net_sales(sales, first, last, e.group or None) for e in estimates)
        whole = Fraction(sum(e.need for e in estimates))
    else:
        bought = net_sales(sales, first, last)
        whole = None if peer is None else bought + (peer / to_measure if to_measure else Fraction(0))
    if bought <= 0:
        return Fraction(0)
    if whole is None:
        return None
    return min(Fraction(1), bought / whole) if whole > 0 else Fraction(1)


def state_changes(account, until):
    """Days on which the account became what it then was, as known on each day: (day, state) from the first fact on."""
    candidates = set()
    for version in account.sales:
        candidates |= {version.known_from, version.known_until}
        if version.fact.net > 0:
            # The first day on which this order day is no longer within the 24 months before it.
            day = add_months(version.fact.day, 24) - timedelta(days=4)
            while months_24_before(day) < version.fact.day:
                day += ONE_DAY
            candidates.add(day)
    changes = []
    for day in sorted(d for d in candidates if d <= until):
        state = customer_state(visible(account.sales, day), day)
        if state != (changes[-1][1] if changes else "prospect"):
            changes.append((day, state))
    return changes
