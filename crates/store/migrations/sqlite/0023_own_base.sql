-- The day and the customer base of a seller are summed from one index, as those of everybody are.

drop index account_standing_by_owner;

create index account_standing_by_owner on account_standing (
  owner_id, current_value_cents, account_id,
  is_active, segment, potential_cents, reachable_cents, care_lines, care_lines_kept
);
