-- What a person changed of many accounts or proposals at once, with what each was before: so that it can be taken back.

create table bulk_change (
  id blob not null primary key check (length(id) = 16),
  person_id blob not null references person (id),
  kind text not null check (kind in ('owner', 'team', 'override', 'delegation')),
  -- Who owns, takes part or has the proposals from now on.
  to_person_id blob null references person (id),
  role text null,
  segment text null check (segment in ('acquisition', 'growth', 'strategic', 'retention', 'efficiency')),
  reason text null,
  day text not null check (length(day) = 10),
  recorded_at integer not null,
  taken_back_on text null check (length(taken_back_on) = 10),
  taken_back_by_id blob null references person (id),
  check ((kind = 'override') = (segment is not null)),
  check ((kind = 'override') = (to_person_id is null)),
  check ((kind = 'team') = (role is not null)),
  check ((taken_back_on is null) = (taken_back_by_id is null))
) strict, without rowid;

create index bulk_change_by_time on bulk_change (recorded_at, id);

create table bulk_change_part (
  change_id blob not null references bulk_change (id),
  account_id blob not null references account (id),
  -- What is there by the change: the owner, the part in the team, the decision or the answer.
  made_id blob not null check (length(made_id) = 16),
  -- What was there before, of the same kind.
  before_id blob null check (length(before_id) = 16),
  -- What taking it back has come to; null: it has not been taken back.
  outcome text null check (outcome in ('given_back', 'changed_since', 'unfit')),
  primary key (change_id, account_id, made_id)
) strict, without rowid;

create index bulk_change_part_by_account on bulk_change_part (account_id);
