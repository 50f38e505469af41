-- What people answer to proposals, how a proposal stands by it, and who stands in for whom while away.

alter table proposal add column state text not null default 'open' check (state in ('open', 'planned', 'snoozed'));
alter table proposal add column planned_for text null check (length(planned_for) = 10);
-- The last day of a plan's hold, or the day on which a proposal that was put off is open again.
alter table proposal add column state_until text null check (length(state_until) = 10);
alter table proposal add column delegate_id blob null references person (id);

-- Who has it: whoever answers, unless it was handed on.
create index proposal_by_holder on proposal (coalesce(delegate_id, person_id), state) where closed_on is null;

create table answer (
  id blob not null primary key check (length(id) = 16),
  account_id blob not null references account (id),
  proposal_id blob not null references proposal (id),
  person_id blob not null references person (id),
  kind text not null check (kind in ('accepted', 'done', 'snoozed', 'delegated', 'dismissed')),
  day text not null check (length(day) = 10),
  -- The day on which it was taken back.
  known_until text not null check (length(known_until) = 10),
  -- The day on which it lost its hold.
  ended_on text null check (length(ended_on) = 10),
  -- What was planned, or what was done.
  activity_id blob null check (length(activity_id) = 16),
  planned_for text null check (length(planned_for) = 10),
  snoozed_until text null check (length(snoozed_until) = 10),
  delegate_id blob null references person (id),
  reason text null,
  note text null,
  -- What was proposed, and in which segment: by these is learned what works.
  what text not null,
  segment text null check (segment in ('acquisition', 'growth', 'strategic', 'retention', 'efficiency')),
  stake_cents integer not null check (stake_cents >= 0),
  recorded_at integer not null,
  check ((kind = 'accepted') = (planned_for is not null)),
  check ((kind = 'snoozed') = (snoozed_until is not null)),
  check ((kind = 'delegated') = (delegate_id is not null)),
  check (kind <> 'dismissed' or reason is not null)
) strict, without rowid;

create index answer_by_account on answer (account_id);
create index answer_by_proposal on answer (proposal_id);
create index answer_by_person on answer (person_id, recorded_at);
create index answer_by_activity on answer (activity_id) where activity_id is not null;

-- The deviations an answer was about, as they were that day.
create table answer_deviation (
  answer_id blob not null references answer (id),
  deviation_id blob not null references deviation (id),
  stake_cents integer not null check (stake_cents >= 0),
  primary key (answer_id, deviation_id)
) strict, without rowid;

create table substitution (
  id blob not null primary key check (length(id) = 16),
  person_id blob not null references person (id),
  substitute_id blob not null references person (id),
  from_day text not null check (length(from_day) = 10),
  until_day text not null check (length(until_day) = 10),
  set_by_id blob not null references person (id),
  recorded_at integer not null,
  ended_at integer null,
  check (from_day <= until_day),
  check (person_id <> substitute_id)
) strict, without rowid;

create index substitution_by_person on substitution (person_id, until_day) where ended_at is null;
create index substitution_by_substitute on substitution (substitute_id, until_day) where ended_at is null;
