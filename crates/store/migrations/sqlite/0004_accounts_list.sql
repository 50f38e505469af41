-- The list of accounts at a hundred thousand of them: any word is found by its beginning and by its middle, what the
-- list is ordered and filtered by has an index, and people keep the views they use.

-- Each word with two spaces before it, so that the beginning of a word can be told from its middle.
update account
   set search_text = '  ' || replace(search_text, ' ', '  ');

-- The contacts' names and addresses, in lower case and without the marks that are common here.
update account
   set search_text = search_text || coalesce((
         select group_concat('  ' || replace(
                  replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
                  lower(contact.name || ' ' || coalesce(contact.email, '')), 'Å', 'a'), 'å', 'a'), 'Ä', 'a'), 'ä', 'a'), 'Ö', 'o')
                  , 'ö', 'o'), 'É', 'e'), 'é', 'e'), 'Ü', 'u'), 'ü', 'u'),
                  ' ', '  '), '')
           from contact
          where contact.account_id = account.id
       ), '');

-- Full text numbers its rows; accounts have no numbers.
create table account_number (
  number integer not null primary key,
  account_id blob not null unique references account (id)
) strict;

create virtual table account_text using fts5(
  text, content = '', contentless_delete = 1, tokenize = 'trigram case_sensitive 1'
);

insert into account_number (account_id)
select id
  from account
 order by id;

insert into account_text (rowid, text)
select account_number.number, account.search_text
  from account_number
  join account on account.id = account_number.account_id
 order by account_number.number;

create index account_standing_by_potential on account_standing (potential_cents, account_id);
create index account_standing_by_trend on account_standing (trend_millionths, account_id);
create index account_standing_by_share on account_standing (share_of_wallet_millionths, account_id);
create index account_standing_by_last_order on account_standing (last_order, account_id);
create index account_standing_by_care on account_standing (
  (case when care_lines > 0 then care_lines_kept * 1000000 / care_lines end), account_id
);
create index account_standing_by_stake on account_standing (
  (case when stake_at_risk_cents > stake_to_gain_cents then stake_at_risk_cents else stake_to_gain_cents end),
  account_id
);
create index account_standing_by_state on account_standing (customer_state, current_value_cents, account_id);
create index account_standing_by_industry on account_standing (industry, current_value_cents, account_id);

-- A view of a list as somebody keeps it: the query of its URL. Personal unless shared.
create table saved_view (
  id blob not null primary key check (length(id) = 16),
  person_id blob not null references person (id),
  section text not null check (section in ('accounts')),
  name text not null check (length(name) between 1 and 80),
  query text not null,
  is_shared integer not null check (is_shared in (0, 1)),
  unique (person_id, section, name)
) strict, without rowid;
