-- The spine: who we are, the customers and what is known of them as dated facts, the log, and what the watch keeps.

-- Who we are.

create table company (
  id bigint not null primary key check (id = 1),
  name text collate "C" not null,
  language text collate "C" not null check (language in ('fi', 'en')),
  time_zone text collate "C" not null,
  currency text collate "C" not null check (length(currency) = 3),
  first_watch_on date null,
  first_sales_on date null
);

insert into company (id, name, language, time_zone, currency) values (1, '', 'fi', 'Europe/Helsinki', 'EUR');

-- Locked by whoever writes, so that log positions are given in the order of the commits.
create table writer (
  id bigint not null primary key check (id = 1)
);

insert into writer (id) values (1);

create table person (
  id uuid not null primary key,
  source text collate "C" not null,
  external_id text collate "C" not null,
  name text collate "C" not null,
  email text collate "C" null,
  unique (source, external_id)
);

create index person_by_email on person (email);

create table person_version (
  person_id uuid not null references person (id),
  from_day date not null,
  role text collate "C" not null check (role in (
    'seller', 'kam', 'manager', 'inside_sales', 'marketing', 'service', 'management', 'process_owner', 'admin'
  )),
  team text collate "C" null,
  manager_id uuid null references person (id),
  is_active bigint not null check (is_active in (0, 1)),
  hourly_cost_cents bigint null check (hourly_cost_cents >= 0),
  customer_hours bigint null check (customer_hours >= 0),
  primary key (person_id, from_day)
);

create table session (
  token_hash text collate "C" not null primary key,
  person_id uuid not null references person (id),
  created_at bigint not null,
  last_seen_at bigint not null,
  expires_at bigint not null,
  user_agent text collate "C" not null
);

create index session_by_person on session (person_id);

create table login_link (
  token_hash text collate "C" not null primary key,
  person_id uuid not null references person (id),
  purpose text collate "C" not null,
  created_at bigint not null,
  expires_at bigint not null,
  used_at bigint null
);

-- The one log. Personal values stand beside it and can be erased.

create table log_entry (
  position bigint not null primary key,
  recorded_at bigint not null,
  actor text collate "C" not null,
  person_id uuid null references person (id),
  subject text collate "C" not null,
  subject_id uuid null,
  what text collate "C" not null,
  before text collate "C" null,
  after text collate "C" null,
  why text collate "C" null
);

create index log_entry_by_subject on log_entry (subject_id, position);

create table log_personal (
  position bigint not null primary key references log_entry (position),
  before text collate "C" null,
  after text collate "C" null
);

-- The customers.

create table account (
  id uuid not null primary key,
  source text collate "C" not null,
  external_id text collate "C" not null,
  name text collate "C" not null,
  name_sort text collate "C" not null,
  search_text text collate "C" not null,
  business_id text collate "C" null,
  street text collate "C" null,
  postal_code text collate "C" null,
  city text collate "C" null,
  country text collate "C" null,
  edition bigint not null check (edition >= 1),
  unique (source, external_id)
);

create index account_by_name on account (name_sort, id);

create table account_external_id (
  source text collate "C" not null,
  external_id text collate "C" not null,
  account_id uuid not null references account (id),
  primary key (source, external_id)
);

create index account_external_id_by_account on account_external_id (account_id);

create table account_version (
  account_id uuid not null references account (id),
  from_day date not null,
  owner_id uuid null references person (id),
  industry text collate "C" null,
  size_class text collate "C" null,
  parent_id uuid null references account (id),
  is_active bigint not null check (is_active in (0, 1)),
  primary key (account_id, from_day)
);

create index account_version_by_parent on account_version (parent_id) where parent_id is not null;

create table account_team (
  account_id uuid not null references account (id),
  id uuid not null,
  person_id uuid not null references person (id),
  role text collate "C" not null check (role in (
    'seller', 'kam', 'manager', 'inside_sales', 'marketing', 'service', 'management', 'process_owner', 'admin'
  )),
  from_day date not null,
  until_day date not null,
  known_from date not null,
  known_until date not null,
  primary key (account_id, id)
);

create unique index account_team_one_believed
  on account_team (account_id, person_id, role)
  where known_until = '9999-12-31';

create table contact (
  id uuid not null primary key,
  account_id uuid not null references account (id),
  source text collate "C" not null,
  external_id text collate "C" not null,
  name text collate "C" not null,
  title text collate "C" null,
  email text collate "C" null,
  phone text collate "C" null,
  unique (source, external_id)
);

create index contact_by_account on contact (account_id);

-- The accounts that an entry's change touched: what the watch looks at.
create table log_touched (
  position bigint not null references log_entry (position),
  account_id uuid not null references account (id),
  known_from date not null,
  primary key (position, account_id)
);

-- What we sell.

create table product_group (
  id uuid not null primary key,
  name text collate "C" not null unique
);

create table product (
  id uuid not null primary key,
  source text collate "C" not null,
  external_id text collate "C" not null,
  name text collate "C" not null,
  group_id uuid null references product_group (id),
  unique (source, external_id)
);

-- Facts: believed from known_from on, until but not on known_until.

create table sales_line (
  account_id uuid not null references account (id),
  id uuid not null,
  source text collate "C" not null,
  invoice text collate "C" not null,
  line text collate "C" not null,
  day date not null,
  product_id uuid null references product (id),
  quantity_millionths bigint not null,
  net_cents bigint not null,
  cost_cents bigint null,
  known_from date not null,
  known_until date not null,
  primary key (account_id, id)
);

create unique index sales_line_one_believed on sales_line (source, invoice, line) where known_until = '9999-12-31';
create index sales_line_superseded on sales_line (source, invoice, line) where known_until < '9999-12-31';

create table activity (
  account_id uuid not null references account (id),
  id uuid not null,
  version bigint not null check (version >= 1),
  source text collate "C" not null,
  external_id text collate "C" not null,
  kind text collate "C" not null check (kind in (
    'visit', 'meeting', 'remote_meeting', 'call', 'email', 'letter', 'management_meeting', 'plan_review',
    'value_survey', 'cross_selling_review', 'potential_estimate', 'account_plan'
  )),
  person_id uuid null references person (id),
  day date not null,
  minutes bigint not null check (minutes >= 0),
  state text collate "C" not null check (state in ('planned', 'done')),
  direction text collate "C" null check (direction in ('in', 'out')),
  contact_id uuid null references contact (id),
  outcome text collate "C" null,
  note text collate "C" null,
  planned_on date null,
  known_from date not null,
  known_until date not null,
  primary key (account_id, id, version)
);

create unique index activity_one_believed on activity (source, external_id) where known_until = '9999-12-31';
create index activity_superseded on activity (source, external_id) where known_until < '9999-12-31';
create index activity_by_person on activity (person_id, day);
create index activity_planned on activity (person_id, day) where state = 'planned' and known_until = '9999-12-31';

create table estimate (
  account_id uuid not null references account (id),
  id uuid not null,
  group_id uuid null references product_group (id),
  yearly_need_cents bigint not null check (yearly_need_cents >= 0),
  estimator text collate "C" not null check (estimator in ('owner', 'customer')),
  person_id uuid null references person (id),
  day date not null,
  justification text collate "C" null,
  known_from date not null,
  known_until date not null,
  primary key (account_id, id)
);

create unique index estimate_one_believed
  on estimate (account_id, coalesce(group_id, '00000000-0000-0000-0000-000000000000'), estimator,
    coalesce(person_id, '00000000-0000-0000-0000-000000000000'), day)
  where known_until = '9999-12-31';

create table ability (
  account_id uuid not null references account (id),
  id uuid not null,
  people bigint not null check (people between 1 and 5),
  offering bigint not null check (offering between 1 and 5),
  processes bigint not null check (processes between 1 and 5),
  relationship bigint not null check (relationship between 1 and 5),
  person_id uuid null references person (id),
  day date not null,
  known_from date not null,
  known_until date not null,
  primary key (account_id, id)
);

create unique index ability_one_believed
  on ability (account_id, coalesce(person_id, '00000000-0000-0000-0000-000000000000'), day)
  where known_until = '9999-12-31';

create table target (
  account_id uuid not null references account (id),
  id uuid not null,
  year bigint not null check (year between 1 and 9999),
  target_cents bigint not null,
  person_id uuid null references person (id),
  day date not null,
  known_from date not null,
  known_until date not null,
  primary key (account_id, id)
);

create unique index target_one_believed
  on target (account_id, year, coalesce(person_id, '00000000-0000-0000-0000-000000000000'), day)
  where known_until = '9999-12-31';

-- Without a segment it takes an override back.
create table segment_override (
  account_id uuid not null references account (id),
  id uuid not null,
  segment text collate "C" null check (segment in ('acquisition', 'growth', 'strategic', 'retention', 'efficiency')),
  reason text collate "C" null,
  person_id uuid null references person (id),
  from_day date not null,
  review_on date not null,
  known_from date not null,
  known_until date not null,
  primary key (account_id, id)
);

create unique index segment_override_one_believed
  on segment_override (account_id, from_day)
  where known_until = '9999-12-31';

-- What the company has decided.

create table strategy_version (
  number bigint not null primary key check (number >= 1),
  from_day date not null,
  toml text collate "C" not null,
  person_id uuid null references person (id),
  recorded_at bigint not null,
  why text collate "C" null
);

-- What the watch found. An empty industry or size class stands for any.

create table peer_figure (
  month_end date not null,
  industry text collate "C" not null,
  size_class text collate "C" not null,
  accounts bigint not null check (accounts >= 0),
  current_p75_hundredths bigint not null,
  primary key (month_end, industry, size_class)
);

create table peer_share (
  month_end date not null,
  industry text collate "C" not null,
  size_class text collate "C" not null,
  group_id uuid not null references product_group (id),
  share double precision not null,
  primary key (month_end, industry, size_class, group_id),
  foreign key (month_end, industry, size_class) references peer_figure (month_end, industry, size_class)
);

create table account_standing (
  account_id uuid not null primary key references account (id),
  evaluated_on date not null,
  next_check_on date not null,
  owner_id uuid null references person (id),
  industry text collate "C" null,
  size_class text collate "C" null,
  is_active bigint not null check (is_active in (0, 1)),
  customer_state text collate "C" not null check (customer_state in ('prospect', 'customer', 'former')),
  current_value_cents bigint not null,
  previous_value_cents bigint not null,
  trend_millionths bigint null,
  last_order date null,
  usual_gap_millionths bigint null,
  potential_cents bigint null,
  potential_method text collate "C" null check (potential_method in ('owner', 'customer', 'peer')),
  ability_millionths bigint not null,
  is_ability_assumed bigint not null check (is_ability_assumed in (0, 1)),
  reachable_cents bigint null,
  share_of_wallet_millionths bigint null,
  customer_target_cents bigint null,
  segment text collate "C" null check (segment in ('acquisition', 'growth', 'strategic', 'retention', 'efficiency')),
  segment_automatic text collate "C" null check (segment_automatic in (
    'acquisition', 'growth', 'strategic', 'retention', 'efficiency'
  )),
  segment_since date null,
  care_lines bigint not null check (care_lines >= 0),
  care_lines_kept bigint not null check (care_lines_kept between 0 and care_lines),
  open_deviations bigint not null check (open_deviations >= 0),
  stake_at_risk_cents bigint not null check (stake_at_risk_cents >= 0),
  stake_to_gain_cents bigint not null check (stake_to_gain_cents >= 0)
);

create index account_standing_by_next_check on account_standing (next_check_on);
create index account_standing_by_owner on account_standing (owner_id, current_value_cents, account_id);
create index account_standing_by_segment on account_standing (segment, current_value_cents, account_id);
create index account_standing_by_current_value on account_standing (current_value_cents, account_id);

create table segment_change (
  account_id uuid not null references account (id),
  day date not null,
  automatic text collate "C" null check (automatic in (
    'acquisition', 'growth', 'strategic', 'retention', 'efficiency'
  )),
  effective text collate "C" null check (effective in (
    'acquisition', 'growth', 'strategic', 'retention', 'efficiency'
  )),
  primary key (account_id, day)
);

create table deviation (
  id uuid not null primary key,
  account_id uuid not null references account (id),
  kind text collate "C" not null,
  subject text collate "C" not null,
  expected text collate "C" null,
  actual_from date null,
  actual text collate "C" null,
  since date null,
  base_cents bigint not null,
  exposure_millionths bigint not null check (exposure_millionths >= 0),
  stake_cents bigint not null check (stake_cents >= 0),
  side text collate "C" not null check (side in ('at_risk', 'to_gain')),
  action text collate "C" null,
  late_from date null,
  opened_on date not null,
  closed_on date null,
  cause text collate "C" null
);

create index deviation_by_account on deviation (account_id);
create unique index deviation_one_open on deviation (account_id, kind, subject) where closed_on is null;

create table proposal (
  id uuid not null primary key,
  account_id uuid not null references account (id),
  person_id uuid not null references person (id),
  action text collate "C" not null,
  what text collate "C" not null,
  due_on date not null,
  stake_at_risk_cents bigint not null check (stake_at_risk_cents >= 0),
  stake_to_gain_cents bigint not null check (stake_to_gain_cents >= 0),
  minutes bigint not null check (minutes >= 0),
  opened_on date not null,
  closed_on date null,
  cause text collate "C" null
);

create index proposal_by_account on proposal (account_id);
create index proposal_by_person on proposal (person_id) where closed_on is null;
create unique index proposal_one_open on proposal (account_id, person_id, action) where closed_on is null;

create table proposal_deviation (
  proposal_id uuid not null references proposal (id),
  deviation_id uuid not null references deviation (id),
  primary key (proposal_id, deviation_id)
);

create index proposal_deviation_by_deviation on proposal_deviation (deviation_id);

create table watch_run (
  id uuid not null primary key,
  on_day date not null,
  is_full bigint not null check (is_full in (0, 1)),
  log_position bigint not null check (log_position >= 0),
  started_at bigint not null,
  finished_at bigint not null,
  accounts bigint not null check (accounts >= 0),
  opened bigint not null check (opened >= 0),
  closed bigint not null check (closed >= 0)
);
