-- What pages and the watch ask each time, answered without reading more as the log and the runs of the watch grow.

-- The position of the newest entry on what every account is judged with: people, products, the strategy and the peers.
-- Whoever keeps those in memory reads them again only when it has moved on.
alter table company add column judged_with_position integer not null default 0 check (judged_with_position >= 0);

update company
   set judged_with_position = (select coalesce(max(position), 0) from log_entry);

create index watch_run_by_day on watch_run (on_day, finished_at, id);
