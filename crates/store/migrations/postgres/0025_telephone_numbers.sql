-- Accounts are found by the telephone numbers of the people there and by ids, however these are written: their digits
-- stand in the text that is searched.

update account
   set search_text = account.search_text || numbers.text
  from (
    select written.account_id,
           string_agg('  ' || regexp_replace(replace(written.number, '(0)', ''), '[^0-9]', '', 'g'), '') as text
      from (
        select contact.account_id, contact.phone as number
          from contact
         where contact.phone ~ '[0-9]'
           and not exists (select 1 from contact_removal where contact_removal.contact_id = contact.id)
         union all
        select account_external_id.account_id, account_external_id.external_id
          from account_external_id
         where account_external_id.external_id ~ '^[0-9 ()./+-]*[ ()./+-][0-9 ()./+-]*$'
         union all
        select account.id, account.business_id
          from account
         where account.business_id ~ '^[0-9 ()./+-]*[ ()./+-][0-9 ()./+-]*$'
      ) as written
     group by written.account_id
  ) as numbers
 where account.id = numbers.account_id;
