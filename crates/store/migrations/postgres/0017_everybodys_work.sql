-- Pages about everybody's work at once: the customer base is summed by segment from one index; the accounts whose
-- segment a person decided and the model sees otherwise, the next plans, the proposals with most at stake and those put
-- off are found without looking at all the others.

drop index account_standing_by_segment;

create index account_standing_by_segment on account_standing (
  segment nulls first, current_value_cents, account_id,
  is_active, potential_cents, reachable_cents, care_lines, care_lines_kept
);

create index account_standing_in_conflict on account_standing (current_value_cents, account_id)
  where segment is not null and segment is distinct from segment_automatic;

create index activity_planned_by_day on activity (day, id, minutes)
  where state = 'planned' and known_until = '9999-12-31';

create index proposal_by_stake on proposal (
  (case when stake_at_risk_cents > stake_to_gain_cents then stake_at_risk_cents else stake_to_gain_cents end) desc,
  opened_on, id
) where closed_on is null and state = 'open';

create index proposal_put_off on proposal (state_until)
  where closed_on is null and state = 'snoozed';
