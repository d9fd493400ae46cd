-- The hosts that the organisation declares as its own, and the tokens their agents report with (hashes only, so that
-- a copy of the database opens nothing). A host ends by a record and its row stays.

create table hosts.host (
  organisation uuid not null,
  id text not null check (id ~ '^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$'),
  name text not null check (name <> ''),
  role text not null check (role in ('production', 'workstation', 'other')),
  declared_by text not null,
  declared_at timestamptz not null,
  ended_at timestamptz,
  primary key (organisation, id)
);
select hevd.scope_by_organisation('hosts.host');

-- One token a host: a new one takes the place of the old.
create table hosts.agent (
  organisation uuid not null,
  host text not null,
  id uuid not null,
  token_hash bytea not null,
  enrolled_at timestamptz not null,
  primary key (organisation, host),
  unique (organisation, token_hash),
  foreign key (organisation, host) references hosts.host (organisation, id)
);
select hevd.scope_by_organisation('hosts.agent');
