-- Rights: what lets people and programs in, what was refused to them, and which requests have been done already.

-- A repeated request gets the first one's answer and does nothing. Cleared after some days.
create table request (
  person_id uuid not null references person (id),
  key text collate "C" not null,
  fingerprint text collate "C" not null,
  answer text collate "C" not null,
  recorded_at bigint not null,
  primary key (person_id, key)
);

create index request_by_age on request (recorded_at);

-- The security log: what was asked and not done. Names no accounts of the customer master by reference, since what
-- was asked for need not be there.
create table refusal (
  id uuid not null primary key,
  recorded_at bigint not null,
  person_id uuid null references person (id),
  action text collate "C" not null,
  about_id uuid null,
  why text collate "C" not null
);

create index refusal_by_age on refusal (recorded_at);

-- A hash of argon2id with its own salt and cost, as one text.
create table password (
  person_id uuid not null primary key references person (id),
  hash text collate "C" not null,
  set_at bigint not null
);

-- Log-ins that failed, of an email or from an address, which are kept as hashes.
create table attempt (
  kind text collate "C" not null check (kind in ('email', 'address')),
  subject text collate "C" not null,
  failures bigint not null check (failures >= 1),
  last_at bigint not null,
  wait_until bigint not null,
  primary key (kind, subject)
);

-- What lets a program in on a person's behalf. Only a hash is kept; a token that was taken back stays readable.
create table api_token (
  id uuid not null primary key,
  person_id uuid not null references person (id),
  token_hash text collate "C" not null unique,
  name text collate "C" not null,
  may_write bigint not null check (may_write in (0, 1)),
  created_at bigint not null,
  expires_at bigint not null,
  last_used_at bigint null,
  revoked_at bigint null
);

create index api_token_by_person on api_token (person_id);

-- How a person likes to use Luotsi; without a row as the company has it.
create table preference (
  person_id uuid not null primary key references person (id),
  language text collate "C" null check (language in ('fi', 'en')),
  day_minutes bigint null check (day_minutes between 15 and 720),
  has_keys bigint not null check (has_keys in (0, 1))
);
