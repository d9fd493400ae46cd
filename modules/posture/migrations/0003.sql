-- When the server that halted last said so: a mark that nobody renews is that of a server that died.
alter table posture.judging add column halted_seen_at timestamptz;
-- How often an administrator has said that the database's clock is right although it jumped, and by how many
-- milliseconds it had jumped the last time. Servers that saw that jump take the clock over.
alter table posture.judging add column clock_accepted bigint not null default 0;
alter table posture.judging add column clock_accepted_by bigint;
