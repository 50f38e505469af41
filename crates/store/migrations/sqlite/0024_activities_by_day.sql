-- What was done and planned last is found by its day, of all accounts, without reading everything that ever was.

create index activity_by_day on activity (day, account_id, id)
  where known_until = '9999-12-31';
