-- Whom somebody leads is asked with nearly every right: found by the manager, without an index made for each question.

create index person_version_by_manager on person_version (manager_id, person_id, from_day);
