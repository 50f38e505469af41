-- Rights: what lets people and programs in, what was refused to them, and which requests have been done already.

-- A repeated request gets the first one's answer and does nothing. Cleared after some days.
create table request (
  person_id blob not null references person (id),
  key text not null,
  fingerprint text not null,
  answer text not null,
  recorded_at integer not null,
  primary key (person_id, key)
) strict, without rowid;

create index request_by_age on request (recorded_at);

-- The security log: what was asked and not done. Names no accounts of the customer master by reference, since what
-- was asked for need not be there.
create table refusal (
  id blob not null primary key check (length(id) = 16),
  recorded_at integer not null,
  person_id blob null references person (id),
  action text not null,
  about_id blob null check (length(about_id) = 16),
  why text not null
) strict, without rowid;

create index refusal_by_age on refusal (recorded_at);

-- A hash of argon2id with its own salt and cost, as one text.
create table password (
  person_id blob not null primary key references person (id),
  hash text not null,
  set_at integer not null
) strict, without rowid;

-- Log-ins that failed, of an email or from an address, which are kept as hashes.
create table attempt (
  kind text not null check (kind in ('email', 'address')),
  subject text not null,
  failures integer not null check (failures >= 1),
  last_at integer not null,
  wait_until integer not null,
  primary key (kind, subject)
) strict, without rowid;

-- What lets a program in on a person's behalf. Only a hash is kept; a token that was taken back stays readable.
create table api_token (
  id blob not null primary key check (length(id) = 16),
  person_id blob not null references person (id),
  token_hash text not null unique,
  name text not null,
  may_write integer not null check (may_write in (0, 1)),
  created_at integer not null,
  expires_at integer not null,
  last_used_at integer null,
  revoked_at integer null
) strict, without rowid;

create index api_token_by_person on api_token (person_id);

-- How a person likes to use Luotsi; without a row as the company has it.
create table preference (
  person_id blob not null primary key references person (id),
  language text null check (language in ('fi', 'en')),
  day_minutes integer null check (day_minutes between 15 and 720),
  has_keys integer not null check (has_keys in (0, 1))
) strict, without rowid;
