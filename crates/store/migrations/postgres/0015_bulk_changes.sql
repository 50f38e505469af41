-- What a person changed of many accounts or proposals at once, with what each was before: so that it can be taken back.

create table bulk_change (
  id uuid not null primary key,
  person_id uuid not null references person (id),
  kind text collate "C" not null check (kind in ('owner', 'team', 'override', 'delegation')),
  -- Who owns, takes part or has the proposals from now on.
  to_person_id uuid null references person (id),
  role text collate "C" null,
  segment text collate "C" null check (segment in ('acquisition', 'growth', 'strategic', 'retention', 'efficiency')),
  reason text collate "C" null,
  day date not null,
  recorded_at bigint not null,
  taken_back_on date null,
  taken_back_by_id uuid null references person (id),
  check ((kind = 'override') = (segment is not null)),
  check ((kind = 'override') = (to_person_id is null)),
  check ((kind = 'team') = (role is not null)),
  check ((taken_back_on is null) = (taken_back_by_id is null))
);

create index bulk_change_by_time on bulk_change (recorded_at, id);

create table bulk_change_part (
  change_id uuid not null references bulk_change (id),
  account_id uuid not null references account (id),
  -- What is there by the change: the owner, the part in the team, the decision or the answer.
  made_id uuid not null,
  -- What was there before, of the same kind.
  before_id uuid null,
  -- What taking it back has come to; null: it has not been taken back.
  outcome text collate "C" null check (outcome in ('given_back', 'changed_since', 'unfit')),
  primary key (change_id, account_id, made_id)
);

create index bulk_change_part_by_account on bulk_change_part (account_id);
