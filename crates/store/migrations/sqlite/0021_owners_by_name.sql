-- The list in order of owner: the owners are walked by name, and each one's accounts by the index of theirs.

create index person_by_name on person (name);
