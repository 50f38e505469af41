-- The customer base is summed by segment from one index, and the accounts whose segment a person decided and the model
-- sees otherwise are found at once: few among many.

drop index account_standing_by_segment;

create index account_standing_by_segment on account_standing (
  segment, current_value_cents, account_id,
  is_active, potential_cents, reachable_cents, care_lines, care_lines_kept
);

create index account_standing_in_conflict on account_standing (current_value_cents, account_id)
  where segment is not null and segment is distinct from segment_automatic;
