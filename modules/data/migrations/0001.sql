-- The register of sets of data, kept by hand, and each time one of them was looked at and confirmed. A set ends by a
-- record and its row stays.

create table data.data_set (
  organisation uuid not null,
  id text not null check (id <> ''),
  name text not null check (name <> ''),
  -- A word of the policy's own scheme; null while nobody has set it. So are place and owner.
  class text,
  place text,
  -- A person's id.
  owner text,
  encrypted_at_rest boolean not null,
  encrypted_in_transit boolean not null,
  access_restricted boolean not null,
  backed_up boolean not null,
  retention_days integer check (retention_days > 0),
  -- Small letters of name and id, to search in; and the name as Norwegian sorts it.
  search text not null,
  sort_key text not null,
  entered_at timestamptz not null,
  changed_at timestamptz not null,
  ended_at timestamptz,
  primary key (organisation, id)
);
create index data_set_by_name on data.data_set (organisation, sort_key, id) where ended_at is null;
select hevd.scope_by_organisation('data.data_set');

create table data.review (
  organisation uuid not null,
  data_set text not null,
  reviewed_at timestamptz not null,
  reviewed_by text not null,
  primary key (organisation, data_set, reviewed_at),
  foreign key (organisation, data_set) references data.data_set (organisation, id)
);
select hevd.scope_by_organisation('data.review');
select hevd.allow_only('data.review', 'select, insert');
