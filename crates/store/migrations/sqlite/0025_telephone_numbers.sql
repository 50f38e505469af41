-- Accounts are found by the telephone numbers of the people there and by ids, however these are written: their digits
-- stand in the text that is searched.

update account
   set search_text = account.search_text || numbers.text
  from (
    select written.account_id,
           group_concat('  ' || replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
             written.number, '(0)', ''), ' ', ''), char(160), ''), '+', ''), '-', ''), char(8211), ''), '(', ''), ')', ''),
             '.', ''), '/', ''), '') as text
      from (
        select contact.account_id, contact.phone as number
          from contact
         where contact.phone glob '*[0-9]*'
           and not exists (select 1 from contact_removal where contact_removal.contact_id = contact.id)
         union all
        select account_external_id.account_id, account_external_id.external_id
          from account_external_id
         where account_external_id.external_id glob '*[ ()./+-]*'
           and account_external_id.external_id not glob '*[^0-9 ()./+-]*'
         union all
        select account.id, account.business_id
          from account
         where account.business_id glob '*[ ()./+-]*'
           and account.business_id not glob '*[^0-9 ()./+-]*'
      ) as written
     group by written.account_id
  ) as numbers
 where account.id = numbers.account_id;

update account_text_by_owner
   set search_text = account.search_text
  from account
 where account.id = account_text_by_owner.account_id
   and account.search_text <> account_text_by_owner.search_text;

insert into account_text (account_text) values ('delete-all');

insert into account_text (rowid, text)
select account_number.number, account.search_text
  from account_number
  join account on account.id = account_number.account_id
 order by account_number.number;
