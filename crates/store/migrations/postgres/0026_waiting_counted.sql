-- The open proposals of a person are counted on every page. With all columns that are asked for they are counted in the
-- index, and none of them is looked up.

drop index proposal_by_holder;

create index proposal_by_holder on proposal (coalesce(delegate_id, person_id), state, closed_on, delegate_id, person_id)
  where closed_on is null;
