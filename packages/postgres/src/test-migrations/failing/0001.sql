create table one.thing (
  organisation uuid not null,
  id uuid not null,
  name text not null,
  count bigint,
  seen_at timestamptz,
  day date,
  value jsonb,
  bytes bytea,
  primary key (organisation, id)
);
select hevd.scope_by_organisation('one.thing');

create table one.entry (organisation uuid not null, id integer not null, primary key (organisation, id));
select hevd.scope_by_organisation('one.entry');
select hevd.allow_only('one.entry', 'select, insert');
