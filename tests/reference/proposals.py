"""Proposals: which deviations are taken up together, by whom, until when, and in which order."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from care import owner_answers, stand_in, who_answers
from deviations import AT_RISK, TO_GAIN

# Contact actions by weight, the weightiest first, and desk work; both with their minutes.
CONTACT_MINUTES = {
    "management_meeting": 180,
    "visit": 120,
    "meeting": 60,
    "plan_review": 120,
    "remote_meeting": 45,
    "call": 15,
    "email": 5,
    "letter": 5,
    "value_survey": 15,
}
DESK_MINUTES = {
    "account_plan": 240,
    "cross_selling_review": 45,
    "potential_estimate": 20,
    "segment_review": 10,
    "override_review": 10,
    "assign_owner": 5,
}
WEIGHT = list(CONTACT_MINUTES)
BY_CALL = ("silence", "value_declining", "rhythm_broken")
CARE = ("care_late", "care_not_planned")
LEAST_STAKE_CENTS = 100


@dataclass
class Proposal:
    account: str
    person: str
    action: str
    what: str
    due_on: date
    stake_at_risk: int
    stake_to_gain: int
    minutes: int
    likelihood: Fraction
    priority: Fraction
    deviations: list

    @property
    def external_id(self):
        """"account:person:contact or account:person:action"."""
        return f"{self.account}:{self.person}:{self.action}"


def minutes_of(action):
    return CONTACT_MINUTES.get(action, DESK_MINUTES.get(action))


def action_of(deviation):
    """"A deviation's action: a care line's first kind (entering_contacts: call) ..."."""
    if deviation.kind in CARE:
        return "call" if deviation.line.name == "entering_contacts" else deviation.line.kinds[0]
    if deviation.kind in BY_CALL:
        return "call"
    if deviation.kind in ("potential_missing", "potential_stale"):
        return "potential_estimate"
    return {
        "segment_changed": "segment_review",
        "override_review": "override_review",
        "owner_missing": "assign_owner",
    }[deviation.kind]


def person_of(deviation, situation_model, company, account, on):
    """Who answers for a deviation; empty when nobody."""
    if deviation.kind in CARE:
        return who_answers(company, account, deviation.line.role, on)
    if deviation.kind in BY_CALL:
        return who_answers(company, account, role_of_contact(situation_model), on)
    if deviation.kind == "owner_missing":
        return stand_in(company, account, on)
    return owner_answers(company, account, on)


def role_of_contact(lines):
    """"the role of the model's first visit or call line, else the owner"."""
    return next((line.role for line in lines if line.kinds[0] in ("visit", "call")), "owner")


def due_day(deviation, opened, working):
    """"late: opened + 5 working days; due line: the day it becomes late; others: opened + 10 working days"."""
    if deviation.kind == "care_late":
        return working.add(opened, 5)
    if deviation.kind == "care_not_planned":
        return deviation.late_from
    return working.add(opened, 10)


def makes_proposal(deviation):
    """"A deviation with a stake under 1 EUR makes no proposal"; owner_missing "makes its proposal at any stake"."""
    return deviation.stake >= LEAST_STAKE_CENTS or deviation.kind == "owner_missing"


def likelihood(strategy):
    """"(30 x prior + worked) / (30 + judged)": without answered proposals nothing has been judged."""
    return strategy.likelihood_prior


def priority_of(deviation, strategy):
    """"likelihood x stake in euros / (30 + minutes of that deviation's own action)"."""
    return likelihood(strategy) * Fraction(deviation.stake, 100) / (30 + minutes_of(action_of(deviation)))


def proposals(steering, account, on, watch_days):
    """The proposals of an account on a day, "one open contact proposal per account and answering person ...;
    desk work: one proposal per account, person and action"."""
    valuation = steering.valuation
    company, strategy = valuation.company, valuation.strategies.on(on)
    open_now = steering.deviations(account, on)
    missing = [d for d in open_now if d.kind == "owner_missing"]
    # "While owner_missing is open, assign_owner is the account's only proposal."
    taken = missing or [
        # "Late email_or_letter lines make no proposals: they are marketing's list of that segment."
        d
        for d in open_now
        if not (d.kind == "care_late" and d.subject == "email_or_letter")
    ]
    history = steering.histories[account.external_id]
    model = strategy.care.get(history.effective_on(on), ())
    bundles = {}
    for deviation in taken:
        person = person_of(deviation, model, company, account, on)
        if person:
            action = action_of(deviation)
            bundle = "contact" if action in CONTACT_MINUTES else action
            bundles.setdefault((person, bundle), []).append(deviation)
    found = []
    for (person, bundle), held in bundles.items():
        if not any(makes_proposal(d) for d in held):
            continue
        actions = [action_of(d) for d in held]
        what = min(actions, key=WEIGHT.index) if bundle == "contact" else bundle
        due = min(
            due_day(d, opened_on(steering, account, d, on, watch_days), strategy.working_days) for d in held
        )
        found.append(
            Proposal(
                account=account.external_id,
                person=person,
                action=bundle,
                what=what,
                due_on=due,
                stake_at_risk=max((d.stake for d in held if d.side == AT_RISK), default=0),
                stake_to_gain=max((d.stake for d in held if d.side == TO_GAIN), default=0),
                minutes=minutes_of(what),
                likelihood=likelihood(strategy),
                priority=max(priority_of(d, strategy) for d in held),
                deviations=held,
            )
        )
    return found


def opened_on(steering, account, deviation, on, watch_days):
    """"Opened is the day of the watch that first saw it": the first of the unbroken run of watches that saw the key."""
    opened = on
    for day in reversed([d for d in watch_days if d < on]):
        if deviation.key not in {d.key for d in steering.as_watched(day).deviations(account, day)}:
            break
        opened = day
    return opened
