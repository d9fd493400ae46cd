-- What every module's schema stands on: the organisations, and the functions that migrations call to say how a
-- table is scoped and what the runtime role may do with it.

create table hevd.organisation (
  id uuid primary key,
  name text not null check (name <> ''),
  host_name text not null unique check (host_name = lower(host_name)),
  locale text not null check (locale in ('nb', 'en')),
  time_zone text not null,
  created_at timestamptz not null
);

-- Every row belongs to the organisation that the transaction was begun for, the table owner's rows too. Outside
-- such a transaction the setting is missing or empty, and the query raises an error instead of finding nothing.
create function hevd.scope_by_organisation(target regclass) returns void
language plpgsql set search_path = pg_catalog as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format(
    'create policy organisation on %s using (organisation = current_setting(%L)::uuid)', target, 'hevd.organisation');
end $$;

-- Replaces what the runtime role may do with a table: 'select, insert' makes it append-only,
-- 'select, update (size, root)' opens two columns. Only migrations can call it: they alone know the role.
create function hevd.allow_only(target regclass, privileges text) returns void
language plpgsql set search_path = pg_catalog as $$
declare
  role text := current_setting('hevd.runtime_role');
begin
  execute format('revoke all on table %s from %I', target, role);
  execute format('grant %s on table %s to %I', privileges, target, role);
end $$;

-- Tables of modules that row-level security does not guard as above, and unique keys whose first column is not the
-- organisation. Empty on a sound schema; a test says so.
create function hevd.schema_faults() returns table (target text, fault text)
language sql stable set search_path = pg_catalog as $$
  with module_table as (
    select c.oid, c.oid::regclass::text as target, c.relrowsecurity and c.relforcerowsecurity as forced
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname <> 'hevd' and n.nspname <> 'information_schema'
      and n.nspname not like 'pg\_%'
  )
  select t.target, 'row-level security is not enabled and forced' from module_table t where not t.forced
  union all
  select t.target, 'no policy by organisation' from module_table t
  where not exists (
    select from pg_policy p
    where p.polrelid = t.oid and p.polcmd = '*' and p.polpermissive and p.polroles = '{0}'
      and pg_get_expr(p.polqual, p.polrelid)
        = '(organisation = (current_setting(''hevd.organisation''::text))::uuid)')
  union all
  select t.target, 'a second policy: ' || p.polname from module_table t join pg_policy p on p.polrelid = t.oid
  where p.polname <> 'organisation' and p.polpermissive
  union all
  select t.target, 'unique key not led by organisation: ' || i.indexrelid::regclass::text
  from module_table t join pg_index i on i.indrelid = t.oid
  where i.indisunique and not exists (
    select from pg_attribute a
    where a.attrelid = t.oid and a.attnum = i.indkey[0] and a.attname = 'organisation')
  order by 1, 2
$$;

select hevd.allow_only('hevd.organisation', 'select, insert, update');
select hevd.allow_only('hevd.migration', 'select');
