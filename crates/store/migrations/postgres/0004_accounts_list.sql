-- The list of accounts at a hundred thousand of them: any word is found by its beginning and by its middle, what the
-- list is ordered and filtered by has an index, and people keep the views they use.

create extension if not exists pg_trgm;

-- Each word with two spaces before it, so that the beginning of a word can be told from its middle.
update account
   set search_text = '  ' || replace(search_text, ' ', '  ');

-- The contacts' names and addresses, in lower case and without the marks that are common here.
update account
   set search_text = search_text || coalesce((
         select string_agg('  ' || replace(
                  replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
                  lower(contact.name || ' ' || coalesce(contact.email, '')), 'Å', 'a'), 'å', 'a'), 'Ä', 'a'), 'ä', 'a'), 'Ö', 'o')
                  , 'ö', 'o'), 'É', 'e'), 'é', 'e'), 'Ü', 'u'), 'ü', 'u'),
                  ' ', '  '), '')
           from contact
          where contact.account_id = account.id
       ), '');

create index account_by_search_text on account using gin (search_text gin_trgm_ops);

create index account_standing_by_potential on account_standing (potential_cents nulls first, account_id);
create index account_standing_by_trend on account_standing (trend_millionths nulls first, account_id);
create index account_standing_by_share on account_standing (share_of_wallet_millionths nulls first, account_id);
create index account_standing_by_last_order on account_standing (last_order nulls first, account_id);
create index account_standing_by_care on account_standing (
  (case when care_lines > 0 then care_lines_kept * 1000000 / care_lines end) nulls first, account_id
);
create index account_standing_by_stake on account_standing (
  (case when stake_at_risk_cents > stake_to_gain_cents then stake_at_risk_cents else stake_to_gain_cents end),
  account_id
);
create index account_standing_by_state on account_standing (customer_state, current_value_cents, account_id);
create index account_standing_by_industry on account_standing (industry, current_value_cents, account_id);

-- A view of a list as somebody keeps it: the query of its URL. Personal unless shared.
create table saved_view (
  id uuid not null primary key,
  person_id uuid not null references person (id),
  section text collate "C" not null check (section in ('accounts')),
  name text collate "C" not null check (length(name) between 1 and 80),
  query text collate "C" not null,
  is_shared bigint not null check (is_shared in (0, 1)),
  unique (person_id, section, name)
);
