-- What a person has said of a table or file in which a scan found something sensitive: the set it belongs to, or why it is
-- none. What nobody has said anything of has no row.

create table data.found_place (
  organisation uuid not null,
  -- Stands for the place in the log, since what tables and files are called may be personal.
  id uuid not null,
  place text not null check (place <> ''),
  object text not null check (object <> ''),
  data_set text,
  reason text,
  said_at timestamptz not null,
  said_by text not null,
  primary key (organisation, place, object),
  unique (organisation, id),
  foreign key (organisation, data_set) references data.data_set (organisation, id),
  check ((data_set is null) <> (reason is null))
);
create index found_place_by_set on data.found_place (organisation, data_set) where data_set is not null;
select hevd.scope_by_organisation('data.found_place');
