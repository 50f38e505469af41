-- Accounts in people's hands: what people write down gets external ids of our own, and contacts can be taken out.

-- The last number given, of each kind of record whose external ids of the source `luotsi` are numbers.
create table external_number (
  kind text collate "C" not null primary key,
  last bigint not null check (last >= 1)
);

-- Who does not work there any more: out of the lists, yet the name stays where something was done together.
create table contact_removal (
  contact_id uuid not null primary key references contact (id),
  removed_on date not null,
  person_id uuid null references person (id)
);
