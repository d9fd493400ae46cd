create table unscoped.open (organisation uuid not null, id uuid not null, primary key (organisation, id));

create table unscoped.unforced (organisation uuid not null, id uuid not null, primary key (organisation, id));
select hevd.scope_by_organisation('unscoped.unforced');
alter table unscoped.unforced no force row level security;

create table unscoped.widened (organisation uuid not null, id uuid not null, primary key (organisation, id));
select hevd.scope_by_organisation('unscoped.widened');
create policy everything on unscoped.widened using (true);

create table unscoped.badly_keyed (organisation uuid not null, id uuid primary key);
select hevd.scope_by_organisation('unscoped.badly_keyed');
