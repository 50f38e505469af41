"""Care models (`care`): lines in force, their state and cover, silence, and who answers."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil, floor

from days import MIN
from strategy import CareLine

CONTACTS_TWO_WAY = ("visit", "meeting", "remote_meeting", "call", "management_meeting", "plan_review")
COVER_OF_LATE_WORKING_DAYS = 10


@dataclass
class LineState:
    """A care line in force for an account on a day."""

    line: CareLine
    since: date
    state: str
    covered: bool
    last: date
    age: int
    expected: Fraction
    done: int
    due_from: date
    late_from: date


def count_done(seen, kinds, first, last):
    """Done activities of these kinds; "A person's estimates of one day count as one potential_estimate done"."""
    days = [a.day for a in seen.done() if a.kind in kinds]
    if "potential_estimate" in kinds:
        days += [day for _, day in {(e.person, e.day) for e in seen.estimates if e.person}]
    return sorted(day for day in days if first <= day <= last)


def count_planned(seen, kinds, last):
    """Planned activities of these kinds from `on` up to `last`."""
    return sum(1 for a in seen.planned() if a.kind in kinds and a.day <= last)


def is_watched(state, segment):
    """"Prospects and former customers in Efficiency have no care lines and are not watched for silence"."""
    return bool(segment) and segment != "not_assessed" and not (segment == "efficiency" and state != "customer")


def care_lines(history, on):
    """The care lines in force for an account on a day, in model order."""
    segment = history.effective_on(on)
    valuation, account = history.valuation, history.account
    if not is_watched(valuation.values(account, on).state, segment):
        return []
    found = []
    for line in valuation.strategies.on(on).care[segment]:
        since = in_force_since(history, line, segment, on)
        state = line_state(valuation, valuation.seen(account, on), line, since, on)
        if state:
            found.append(state)
    return found


def in_force_since(history, line, segment, on):
    """"In force for an account since the later of ..."; a "then" line "on the Lth working day"."""
    strategies = history.valuation.strategies
    since = max(history.since(on), strategies.line_since(segment, line.kinds))
    if segment == "efficiency":
        since = max(since, history.customer_since(on) or MIN)
    return strategies.on(on).working_days.add(since, line.after)


def line_state(valuation, seen, line, since, on):
    """The state of a line in force since a day; None when it is not in force."""
    if on < since:
        return None
    if line.is_entering:
        return entering_state(valuation, seen, line, since, on)
    return rhythm_state(valuation, seen, line, since, on)


def rhythm_state(valuation, seen, line, since, on):
    """"kept age < 0.8 rhythm, due up to rhythm + grace, late above"."""
    working = valuation.strategies.on(on).working_days
    newest = max(count_done(seen, line.kinds, MIN, on), default=MIN)
    last = max(newest, since)
    age = working.after(last, on)
    grace = max(3, ceil(Fraction(20, 100) * line.rhythm))
    due_from = working.add(last, ceil(Fraction(80, 100) * line.rhythm))
    late_from = working.add(last, floor(line.rhythm + grace) + 1)
    if age < Fraction(80, 100) * line.rhythm:
        state = "kept"
    elif age <= line.rhythm + grace:
        state = "due"
    else:
        state = "late"
    cover_until = working.add(on, COVER_OF_LATE_WORKING_DAYS) if state == "late" else late_from
    count_from = max(date(on.year, 1, 1), since)
    return LineState(
        line=line,
        since=since,
        state=state,
        covered=count_planned(seen, line.kinds, cover_until) > 0,
        last=last,
        age=age,
        expected=Fraction(line.per_year * working.after(count_from, on), 250),
        done=len(count_done(seen, line.kinds, count_from, on)),
        due_from=due_from,
        late_from=late_from,
    )


def entering_state(valuation, seen, line, since, on):
    """"Entering line (n contacts within L working days of entering)"; closed when not completed at age 2 L."""
    working = valuation.strategies.on(on).working_days
    length = line.within
    done = count_done(seen, line.kinds, since, on)
    complete = len(done) >= line.times
    age = working.after(since, on)
    closes_on = working.add(since, 2 * length)
    if closes_on <= on and len([day for day in done if day <= closes_on]) < line.times:
        return None
    late_from = working.add(since, length + 1)
    if complete or age < Fraction(80, 100) * length:
        state = "kept"
    elif age <= length:
        state = "due"
    else:
        state = "late"
    cover_until = working.add(on, COVER_OF_LATE_WORKING_DAYS) if on >= late_from else late_from
    newest = max(count_done(seen, line.kinds, MIN, on), default=MIN)
    return LineState(
        line=line,
        since=since,
        state=state,
        covered=len(done) + count_planned(seen, line.kinds, cover_until) >= line.times,
        last=max(newest, since),
        age=age,
        expected=Fraction(line.times * min(age, length), length),
        done=len(done),
        due_from=working.add(since, ceil(Fraction(80, 100) * length)),
        late_from=late_from,
    )


@dataclass
class Silence:
    limit: int
    last: date
    days: int
    held: bool

    @property
    def is_above(self):
        return self.days > self.limit


def silence(history, on):
    """"calendar days since the later of the last two-way contact ... and entering the segment"; None when unwatched."""
    segment = history.effective_on(on)
    valuation, account = history.valuation, history.account
    if not is_watched(valuation.values(account, on).state, segment):
        return None
    seen, strategy = valuation.seen(account, on), valuation.strategies.on(on)
    contacts = [
        a.day
        for a in seen.done()
        if a.kind in CONTACTS_TWO_WAY or (a.kind == "email" and a.direction == "in")
    ]
    last = max(contacts + [history.since(on)])
    until = strategy.working_days.add(on, 10)
    held = any(a.kind in CONTACTS_TWO_WAY and a.day <= until for a in seen.planned())
    return Silence(strategy.silence[segment], last, (on - last).days, held)


# Who answers


def first(ids):
    """"First = smallest external id"."""
    return min(ids, key=str.encode, default="")


def active_people(company, on, role=None, team=None):
    people = {external_id: company.person_on(external_id, on) for external_id in company.people}
    return [
        external_id
        for external_id, person in people.items()
        if person is not None
        and person.active
        and (role is None or person.role == role)
        and (team is None or person.team == team)
    ]


def is_active(company, external_id, on):
    person = company.person_on(external_id, on) if external_id else None
    return person is not None and person.active


def stand_in(company, account, on):
    """"first active person up the owner's manager chain, else the first manager, else the first admin"."""
    owner = account.on(on).owner
    passed, person = set(), company.person_on(owner, on) if owner else None
    while person is not None and person.manager and person.manager not in passed:
        if is_active(company, person.manager, on):
            return person.manager
        passed.add(person.manager)
        person = company.person_on(person.manager, on)
    return first(active_people(company, on, role="manager")) or first(active_people(company, on, role="admin"))


def owner_answers(company, account, on):
    """"*Owner* = the active owner, else the stand-in"; empty when there is nobody."""
    owner = account.on(on).owner
    return owner if is_active(company, owner, on) else stand_in(company, account, on)


def who_answers(company, account, role, on):
    """The person who answers for a role at an account; empty when there is nobody."""
    owner = owner_answers(company, account, on)
    if role == "owner":
        return owner
    if role == "manager":
        return stand_in(company, account, on)
    members = [
        version.fact.person
        for version in account.team
        if version.known_from <= on < version.known_until
        and version.fact.role == role
        and version.fact.start <= on <= version.fact.until
        and is_active(company, version.fact.person, on)
    ]
    if members:
        return first(members)
    person = company.person_on(owner, on) if owner else None
    if person is not None and person.role == role:
        return owner
    if person is not None and person.team:
        of_team = active_people(company, on, role=role, team=person.team)
        if of_team:
            return first(of_team)
    return first(active_people(company, on, role=role)) or owner
