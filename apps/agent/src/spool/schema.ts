/** Version in `user_version`; a spool is thrown away rather than migrated, since everything can be said anew. */
export const spoolVersion = 1

export const spoolSchema = `
create table feed (
  collector   text primary key,
  title       text not null,
  interval    text not null,
  sequence    integer not null,
  digest      text not null,
  coverage    text not null,
  observed_at integer not null,
  wants_full  integer not null
) strict, without rowid;

create table fact (
  collector text not null,
  type      text not null,
  key       text not null,
  scope     text not null,
  value     text not null,
  primary key (collector, type, key)
) strict, without rowid;

create table pending (
  id        integer primary key autoincrement,
  collector text not null,
  sequence  integer not null,
  heartbeat integer not null,
  bytes     integer not null,
  report    text not null,
  unique (collector, sequence)
) strict;

create table first_seen (
  topic text not null,
  key   text not null,
  at    integer not null,
  primary key (topic, key)
) strict, without rowid;

pragma user_version = ${spoolVersion};
`
