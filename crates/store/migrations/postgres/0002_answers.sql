-- What people answer to proposals, how a proposal stands by it, and who stands in for whom while away.

alter table proposal add column state text collate "C" not null default 'open' check (state in ('open', 'planned', 'snoozed'));
alter table proposal add column planned_for date null;
-- The last day of a plan's hold, or the day on which a proposal that was put off is open again.
alter table proposal add column state_until date null;
alter table proposal add column delegate_id uuid null references person (id);

-- Who has it: whoever answers, unless it was handed on.
create index proposal_by_holder on proposal (coalesce(delegate_id, person_id), state) where closed_on is null;

create table answer (
  id uuid not null primary key,
  account_id uuid not null references account (id),
  proposal_id uuid not null references proposal (id),
  person_id uuid not null references person (id),
  kind text collate "C" not null check (kind in ('accepted', 'done', 'snoozed', 'delegated', 'dismissed')),
  day date not null,
  -- The day on which it was taken back.
  known_until date not null,
  -- The day on which it lost its hold.
  ended_on date null,
  -- What was planned, or what was done.
  activity_id uuid null,
  planned_for date null,
  snoozed_until date null,
  delegate_id uuid null references person (id),
  reason text collate "C" null,
  note text collate "C" null,
  -- What was proposed, and in which segment: by these is learned what works.
  what text collate "C" not null,
  segment text collate "C" null check (segment in ('acquisition', 'growth', 'strategic', 'retention', 'efficiency')),
  stake_cents bigint not null check (stake_cents >= 0),
  recorded_at bigint not null,
  check ((kind = 'accepted') = (planned_for is not null)),
  check ((kind = 'snoozed') = (snoozed_until is not null)),
  check ((kind = 'delegated') = (delegate_id is not null)),
  check (kind <> 'dismissed' or reason is not null)
);

create index answer_by_account on answer (account_id);
create index answer_by_proposal on answer (proposal_id);
create index answer_by_person on answer (person_id, recorded_at);
create index answer_by_activity on answer (activity_id) where activity_id is not null;

-- The deviations an answer was about, as they were that day.
create table answer_deviation (
  answer_id uuid not null references answer (id),
  deviation_id uuid not null references deviation (id),
  stake_cents bigint not null check (stake_cents >= 0),
  primary key (answer_id, deviation_id)
);

create table substitution (
  id uuid not null primary key,
  person_id uuid not null references person (id),
  substitute_id uuid not null references person (id),
  from_day date not null,
  until_day date not null,
  set_by_id uuid not null references person (id),
  recorded_at bigint not null,
  ended_at bigint null,
  check (from_day <= until_day),
  check (person_id <> substitute_id)
);

create index substitution_by_person on substitution (person_id, until_day) where ended_at is null;
create index substitution_by_substitute on substitution (substitute_id, until_day) where ended_at is null;
