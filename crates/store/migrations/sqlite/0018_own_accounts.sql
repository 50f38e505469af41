-- The words of one's own accounts stand side by side, so that a seller's few hundred are read and not looked up one by
-- one.

create table account_text_by_owner (
  owner_id blob not null references person (id),
  account_id blob not null references account (id),
  search_text text not null,
  primary key (owner_id, account_id)
) strict, without rowid;

insert into account_text_by_owner (owner_id, account_id, search_text)
select account_standing.owner_id, account.id, account.search_text
  from account_standing
  join account on account.id = account_standing.account_id
 where account_standing.owner_id is not null
 order by account_standing.owner_id, account.id;
