-- Who has not been met for a while: the meetings of an account are found by their day without reading all else that was
-- done with it.

create index activity_met on activity (account_id, day)
  where kind in ('visit', 'meeting', 'remote_meeting', 'management_meeting')
    and state = 'done' and known_until = '9999-12-31';
