-- The list of accounts as each person left it, wherever they log in next, and in order of what its columns show.

create table left_view (
  person_id uuid not null references person (id),
  section text collate "C" not null check (section in ('accounts')),
  query text collate "C" not null check (length(query) between 1 and 2000),
  primary key (person_id, section)
);

create index account_by_city on account (city nulls first, name_sort, id);
create index account_by_business_id on account (business_id nulls first, name_sort, id);
create index account_standing_by_target on account_standing (customer_target_cents nulls first, account_id);
