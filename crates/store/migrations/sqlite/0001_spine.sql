-- The spine: who we are, the customers and what is known of them as dated facts, the log, and what the watch keeps.

-- Who we are.

create table company (
  id integer not null primary key check (id = 1),
  name text not null,
  language text not null check (language in ('fi', 'en')),
  time_zone text not null,
  currency text not null check (length(currency) = 3),
  first_watch_on text null check (length(first_watch_on) = 10),
  first_sales_on text null check (length(first_sales_on) = 10)
) strict;

insert into company (id, name, language, time_zone, currency) values (1, '', 'fi', 'Europe/Helsinki', 'EUR');

-- Locked by whoever writes, so that log positions are given in the order of the commits.
create table writer (
  id integer not null primary key check (id = 1)
) strict;

insert into writer (id) values (1);

create table person (
  id blob not null primary key check (length(id) = 16),
  source text not null,
  external_id text not null,
  name text not null,
  email text null,
  unique (source, external_id)
) strict, without rowid;

create index person_by_email on person (email);

create table person_version (
  person_id blob not null references person (id),
  from_day text not null check (length(from_day) = 10),
  role text not null check (role in (
    'seller', 'kam', 'manager', 'inside_sales', 'marketing', 'service', 'management', 'process_owner', 'admin'
  )),
  team text null,
  manager_id blob null references person (id),
  is_active integer not null check (is_active in (0, 1)),
  hourly_cost_cents integer null check (hourly_cost_cents >= 0),
  customer_hours integer null check (customer_hours >= 0),
  primary key (person_id, from_day)
) strict, without rowid;

create table session (
  token_hash text not null primary key,
  person_id blob not null references person (id),
  created_at integer not null,
  last_seen_at integer not null,
  expires_at integer not null,
  user_agent text not null
) strict, without rowid;

create index session_by_person on session (person_id);

create table login_link (
  token_hash text not null primary key,
  person_id blob not null references person (id),
  purpose text not null,
  created_at integer not null,
  expires_at integer not null,
  used_at integer null
) strict, without rowid;

-- The one log. Personal values stand beside it and can be erased.

create table log_entry (
  position integer not null primary key,
  recorded_at integer not null,
  actor text not null,
  person_id blob null references person (id),
  subject text not null,
  subject_id blob null check (length(subject_id) = 16),
  what text not null,
  before text null,
  after text null,
  why text null
) strict;

create index log_entry_by_subject on log_entry (subject_id, position);

create table log_personal (
  position integer not null primary key references log_entry (position),
  before text null,
  after text null
) strict;

-- The customers.

create table account (
  id blob not null primary key check (length(id) = 16),
  source text not null,
  external_id text not null,
  name text not null,
  name_sort text not null,
  search_text text not null,
  business_id text null,
  street text null,
  postal_code text null,
  city text null,
  country text null,
  edition integer not null check (edition >= 1),
  unique (source, external_id)
) strict, without rowid;

create index account_by_name on account (name_sort, id);

create table account_external_id (
  source text not null,
  external_id text not null,
  account_id blob not null references account (id),
  primary key (source, external_id)
) strict, without rowid;

create index account_external_id_by_account on account_external_id (account_id);

create table account_version (
  account_id blob not null references account (id),
  from_day text not null check (length(from_day) = 10),
  owner_id blob null references person (id),
  industry text null,
  size_class text null,
  parent_id blob null references account (id),
  is_active integer not null check (is_active in (0, 1)),
  primary key (account_id, from_day)
) strict, without rowid;

create index account_version_by_parent on account_version (parent_id) where parent_id is not null;

create table account_team (
  account_id blob not null references account (id),
  id blob not null check (length(id) = 16),
  person_id blob not null references person (id),
  role text not null check (role in (
    'seller', 'kam', 'manager', 'inside_sales', 'marketing', 'service', 'management', 'process_owner', 'admin'
  )),
  from_day text not null check (length(from_day) = 10),
  until_day text not null check (length(until_day) = 10),
  known_from text not null check (length(known_from) = 10),
  known_until text not null check (length(known_until) = 10),
  primary key (account_id, id)
) strict, without rowid;

create unique index account_team_one_believed
  on account_team (account_id, person_id, role)
  where known_until = '9999-12-31';

create table contact (
  id blob not null primary key check (length(id) = 16),
  account_id blob not null references account (id),
  source text not null,
  external_id text not null,
  name text not null,
  title text null,
  email text null,
  phone text null,
  unique (source, external_id)
) strict, without rowid;

create index contact_by_account on contact (account_id);

-- The accounts that an entry's change touched: what the watch looks at.
create table log_touched (
  position integer not null references log_entry (position),
  account_id blob not null references account (id),
  known_from text not null check (length(known_from) = 10),
  primary key (position, account_id)
) strict, without rowid;

-- What we sell.

create table product_group (
  id blob not null primary key check (length(id) = 16),
  name text not null unique
) strict, without rowid;

create table product (
  id blob not null primary key check (length(id) = 16),
  source text not null,
  external_id text not null,
  name text not null,
  group_id blob null references product_group (id),
  unique (source, external_id)
) strict, without rowid;

-- Facts: believed from known_from on, until but not on known_until.

create table sales_line (
  account_id blob not null references account (id),
  id blob not null check (length(id) = 16),
  source text not null,
  invoice text not null,
  line text not null,
  day text not null check (length(day) = 10),
  product_id blob null references product (id),
  quantity_millionths integer not null,
  net_cents integer not null,
  cost_cents integer null,
  known_from text not null check (length(known_from) = 10),
  known_until text not null check (length(known_until) = 10),
  primary key (account_id, id)
) strict, without rowid;

create unique index sales_line_one_believed on sales_line (source, invoice, line) where known_until = '9999-12-31';
create index sales_line_superseded on sales_line (source, invoice, line) where known_until < '9999-12-31';

create table activity (
  account_id blob not null references account (id),
  id blob not null check (length(id) = 16),
  version integer not null check (version >= 1),
  source text not null,
  external_id text not null,
  kind text not null check (kind in (
    'visit', 'meeting', 'remote_meeting', 'call', 'email', 'letter', 'management_meeting', 'plan_review',
    'value_survey', 'cross_selling_review', 'potential_estimate', 'account_plan'
  )),
  person_id blob null references person (id),
  day text not null check (length(day) = 10),
  minutes integer not null check (minutes >= 0),
  state text not null check (state in ('planned', 'done')),
  direction text null check (direction in ('in', 'out')),
  contact_id blob null references contact (id),
  outcome text null,
  note text null,
  planned_on text null check (length(planned_on) = 10),
  known_from text not null check (length(known_from) = 10),
  known_until text not null check (length(known_until) = 10),
  primary key (account_id, id, version)
) strict, without rowid;

create unique index activity_one_believed on activity (source, external_id) where known_until = '9999-12-31';
create index activity_superseded on activity (source, external_id) where known_until < '9999-12-31';
create index activity_by_person on activity (person_id, day);
create index activity_planned on activity (person_id, day) where state = 'planned' and known_until = '9999-12-31';

create table estimate (
  account_id blob not null references account (id),
  id blob not null check (length(id) = 16),
  group_id blob null references product_group (id),
  yearly_need_cents integer not null check (yearly_need_cents >= 0),
  estimator text not null check (estimator in ('owner', 'customer')),
  person_id blob null references person (id),
  day text not null check (length(day) = 10),
  justification text null,
  known_from text not null check (length(known_from) = 10),
  known_until text not null check (length(known_until) = 10),
  primary key (account_id, id)
) strict, without rowid;

create unique index estimate_one_believed
  on estimate (account_id, coalesce(group_id, zeroblob(16)), estimator,
    coalesce(person_id, zeroblob(16)), day)
  where known_until = '9999-12-31';

create table ability (
  account_id blob not null references account (id),
  id blob not null check (length(id) = 16),
  people integer not null check (people between 1 and 5),
  offering integer not null check (offering between 1 and 5),
  processes integer not null check (processes between 1 and 5),
  relationship integer not null check (relationship between 1 and 5),
  person_id blob null references person (id),
  day text not null check (length(day) = 10),
  known_from text not null check (length(known_from) = 10),
  known_until text not null check (length(known_until) = 10),
  primary key (account_id, id)
) strict, without rowid;

create unique index ability_one_believed
  on ability (account_id, coalesce(person_id, zeroblob(16)), day)
  where known_until = '9999-12-31';

create table target (
  account_id blob not null references account (id),
  id blob not null check (length(id) = 16),
  year integer not null check (year between 1 and 9999),
  target_cents integer not null,
  person_id blob null references person (id),
  day text not null check (length(day) = 10),
  known_from text not null check (length(known_from) = 10),
  known_until text not null check (length(known_until) = 10),
  primary key (account_id, id)
) strict, without rowid;

create unique index target_one_believed
  on target (account_id, year, coalesce(person_id, zeroblob(16)), day)
  where known_until = '9999-12-31';

-- Without a segment it takes an override back.
create table segment_override (
  account_id blob not null references account (id),
  id blob not null check (length(id) = 16),
  segment text null check (segment in ('acquisition', 'growth', 'strategic', 'retention', 'efficiency')),
  reason text null,
  person_id blob null references person (id),
  from_day text not null check (length(from_day) = 10),
  review_on text not null check (length(review_on) = 10),
  known_from text not null check (length(known_from) = 10),
  known_until text not null check (length(known_until) = 10),
  primary key (account_id, id)
) strict, without rowid;

create unique index segment_override_one_believed
  on segment_override (account_id, from_day)
  where known_until = '9999-12-31';

-- What the company has decided.

create table strategy_version (
  number integer not null primary key check (number >= 1),
  from_day text not null check (length(from_day) = 10),
  toml text not null,
  person_id blob null references person (id),
  recorded_at integer not null,
  why text null
) strict;

-- What the watch found. An empty industry or size class stands for any.

create table peer_figure (
  month_end text not null check (length(month_end) = 10),
  industry text not null,
  size_class text not null,
  accounts integer not null check (accounts >= 0),
  current_p75_hundredths integer not null,
  primary key (month_end, industry, size_class)
) strict, without rowid;

create table peer_share (
  month_end text not null check (length(month_end) = 10),
  industry text not null,
  size_class text not null,
  group_id blob not null references product_group (id),
  share real not null,
  primary key (month_end, industry, size_class, group_id),
  foreign key (month_end, industry, size_class) references peer_figure (month_end, industry, size_class)
) strict, without rowid;

create table account_standing (
  account_id blob not null primary key references account (id),
  evaluated_on text not null check (length(evaluated_on) = 10),
  next_check_on text not null check (length(next_check_on) = 10),
  owner_id blob null references person (id),
  industry text null,
  size_class text null,
  is_active integer not null check (is_active in (0, 1)),
  customer_state text not null check (customer_state in ('prospect', 'customer', 'former')),
  current_value_cents integer not null,
  previous_value_cents integer not null,
  trend_millionths integer null,
  last_order text null check (length(last_order) = 10),
  usual_gap_millionths integer null,
  potential_cents integer null,
  potential_method text null check (potential_method in ('owner', 'customer', 'peer')),
  ability_millionths integer not null,
  is_ability_assumed integer not null check (is_ability_assumed in (0, 1)),
  reachable_cents integer null,
  share_of_wallet_millionths integer null,
  customer_target_cents integer null,
  segment text null check (segment in ('acquisition', 'growth', 'strategic', 'retention', 'efficiency')),
  segment_automatic text null check (segment_automatic in (
    'acquisition', 'growth', 'strategic', 'retention', 'efficiency'
  )),
  segment_since text null check (length(segment_since) = 10),
  care_lines integer not null check (care_lines >= 0),
  care_lines_kept integer not null check (care_lines_kept between 0 and care_lines),
  open_deviations integer not null check (open_deviations >= 0),
  stake_at_risk_cents integer not null check (stake_at_risk_cents >= 0),
  stake_to_gain_cents integer not null check (stake_to_gain_cents >= 0)
) strict, without rowid;

create index account_standing_by_next_check on account_standing (next_check_on);
create index account_standing_by_owner on account_standing (owner_id, current_value_cents, account_id);
create index account_standing_by_segment on account_standing (segment, current_value_cents, account_id);
create index account_standing_by_current_value on account_standing (current_value_cents, account_id);

create table segment_change (
  account_id blob not null references account (id),
  day text not null check (length(day) = 10),
  automatic text null check (automatic in ('acquisition', 'growth', 'strategic', 'retention', 'efficiency')),
  effective text null check (effective in ('acquisition', 'growth', 'strategic', 'retention', 'efficiency')),
  primary key (account_id, day)
) strict, without rowid;

create table deviation (
  id blob not null primary key check (length(id) = 16),
  account_id blob not null references account (id),
  kind text not null,
  subject text not null,
  expected text null,
  actual_from text null check (length(actual_from) = 10),
  actual text null,
  since text null check (length(since) = 10),
  base_cents integer not null,
  exposure_millionths integer not null check (exposure_millionths >= 0),
  stake_cents integer not null check (stake_cents >= 0),
  side text not null check (side in ('at_risk', 'to_gain')),
  action text null,
  late_from text null check (length(late_from) = 10),
  opened_on text not null check (length(opened_on) = 10),
  closed_on text null check (length(closed_on) = 10),
  cause text null
) strict, without rowid;

create index deviation_by_account on deviation (account_id);
create unique index deviation_one_open on deviation (account_id, kind, subject) where closed_on is null;

create table proposal (
  id blob not null primary key check (length(id) = 16),
  account_id blob not null references account (id),
  person_id blob not null references person (id),
  action text not null,
  what text not null,
  due_on text not null check (length(due_on) = 10),
  stake_at_risk_cents integer not null check (stake_at_risk_cents >= 0),
  stake_to_gain_cents integer not null check (stake_to_gain_cents >= 0),
  minutes integer not null check (minutes >= 0),
  opened_on text not null check (length(opened_on) = 10),
  closed_on text null check (length(closed_on) = 10),
  cause text null
) strict, without rowid;

create index proposal_by_account on proposal (account_id);
create index proposal_by_person on proposal (person_id) where closed_on is null;
create unique index proposal_one_open on proposal (account_id, person_id, action) where closed_on is null;

create table proposal_deviation (
  proposal_id blob not null references proposal (id),
  deviation_id blob not null references deviation (id),
  primary key (proposal_id, deviation_id)
) strict, without rowid;

create index proposal_deviation_by_deviation on proposal_deviation (deviation_id);

create table watch_run (
  id blob not null primary key check (length(id) = 16),
  on_day text not null check (length(on_day) = 10),
  is_full integer not null check (is_full in (0, 1)),
  log_position integer not null check (log_position >= 0),
  started_at integer not null,
  finished_at integer not null,
  accounts integer not null check (accounts >= 0),
  opened integer not null check (opened >= 0),
  closed integer not null check (closed >= 0)
) strict, without rowid;
