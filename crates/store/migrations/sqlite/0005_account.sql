-- Accounts in people's hands: what people write down gets external ids of our own, and contacts can be taken out.

-- The last number given, of each kind of record whose external ids of the source `luotsi` are numbers.
create table external_number (
  kind text not null primary key,
  last integer not null check (last >= 1)
) strict, without rowid;

-- Who does not work there any more: out of the lists, yet the name stays where something was done together.
create table contact_removal (
  contact_id blob not null primary key references contact (id),
  removed_on text not null check (length(removed_on) = 10),
  person_id blob null references person (id)
) strict, without rowid;
