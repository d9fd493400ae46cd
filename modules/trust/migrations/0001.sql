-- What the public page shows: the posture leaves as they were put into the public log, the words they are the digests
-- of, and what the organisation shows of each control.

-- One row an organisation: whoever holds its lock publishes.
create table trust.turn (
  organisation uuid not null,
  -- Size of the internal log's checkpoint that was last put into the public log, and when.
  internal_size bigint,
  internal_at timestamptz,
  primary key (organisation)
);
select hevd.scope_by_organisation('trust.turn');

create table trust.leaf (
  organisation uuid not null,
  control text not null,
  sequence bigint not null,
  -- Its entry in the public log.
  entry uuid not null,
  -- The leaf, member by member as it was hashed.
  leaf jsonb not null,
  -- What was withheld and the salt of its commitment: opened to an auditor, never published. Null when all was public.
  withheld jsonb,
  salt bytea,
  -- It begins a public state, for the history.
  begins boolean not null,
  primary key (organisation, control, sequence),
  check ((withheld is null) = (salt is null))
);
select hevd.scope_by_organisation('trust.leaf');
select hevd.allow_only('trust.leaf', 'select, insert');

-- The words and parameters of a control, by their digest: the page shows those that its leaf names.
create table trust.text (
  organisation uuid not null,
  digest text not null,
  words jsonb not null,
  primary key (organisation, digest)
);
select hevd.scope_by_organisation('trust.text');
select hevd.allow_only('trust.text', 'select, insert');

-- What is public of a control; a control without a row shows its statement only.
create table trust.publicity (
  organisation uuid not null,
  control text not null,
  shows text not null check (shows in ('statement', 'status', 'status-and-history')),
  -- What it showed before, until `takes_effect_at`.
  showed text not null check (showed in ('statement', 'status', 'status-and-history')),
  takes_effect_at timestamptz not null,
  primary key (organisation, control)
);
select hevd.scope_by_organisation('trust.publicity');
