-- How stored facts are found, and what of them is still to be gone over when that changes.

-- The look-up rules in force, as the activated server has them: SHA-256, hex, by type of fact. Whoever writes facts
-- holds the row for key share, so that those who change the rules wait for all facts that were indexed by others.
create table feeds.rules (
  organisation uuid not null,
  digests jsonb not null,
  primary key (organisation)
);
select hevd.scope_by_organisation('feeds.rules');

-- Types whose stored facts are still to be indexed by the rules in force. `after` is the key of the last one that is.
create table feeds.to_index (
  organisation uuid not null,
  type text not null,
  after text not null default '',
  primary key (organisation, type)
);
select hevd.scope_by_organisation('feeds.to_index');

-- Look-ups of which every value that stands is still to be handed on as touched, up to those of the fact `after`.
create table feeds.to_touch (
  organisation uuid not null,
  type text not null,
  by text not null,
  after text not null default '',
  primary key (organisation, type, by)
);
select hevd.scope_by_organisation('feeds.to_touch');
