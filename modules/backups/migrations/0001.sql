-- What Hevd remembers of backups, so that one that is gone or was replaced is missed, and who may read them. A host and its
-- repository may forget; what stands here ends by a record.

create table backups.source (
  organisation uuid not null,
  -- `<host>/<source>`, as its backup-plan.
  id text not null check (id <> ''),
  host text not null,
  source text not null,
  first_seen_at timestamptz not null,
  ended_at timestamptz,
  ended_by text,
  ended_why text,
  primary key (organisation, id),
  check ((ended_at is null) = (ended_by is null) and (ended_at is null) = (ended_why is null))
);
select hevd.scope_by_organisation('backups.source');

create table backups.backup (
  organisation uuid not null,
  -- `<host>/<source>/<backup>`, as the `backup` itself.
  id text not null check (id <> ''),
  source text not null,
  backup text not null,
  started_at timestamptz not null,
  -- Of its backup.json: as it was seen first, and as it is to be since a change was accepted.
  first_digest text not null,
  digest text not null,
  seen_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by text,
  accepted_why text,
  primary key (organisation, id),
  foreign key (organisation, source) references backups.source (organisation, id),
  check ((accepted_at is null) = (accepted_by is null) and (accepted_at is null) = (accepted_why is null))
);
create index backup_by_digest on backups.backup (organisation, digest);
create index backup_by_first_digest on backups.backup (organisation, first_digest);
create index backup_by_source on backups.backup (organisation, source, started_at);
select hevd.scope_by_organisation('backups.backup');

create table backups.drill (
  organisation uuid not null,
  -- As the `restore-drill`.
  id text not null check (id <> ''),
  source text not null,
  backup text not null,
  ended_at timestamptz not null,
  outcome text not null check (outcome in ('passed', 'failed')),
  code text,
  files bigint not null,
  tables bigint not null,
  row_count bigint not null,
  seen_at timestamptz not null,
  primary key (organisation, id),
  foreign key (organisation, source) references backups.source (organisation, id)
);
create index drill_by_source on backups.drill (organisation, source, ended_at);
select hevd.scope_by_organisation('backups.drill');
select hevd.allow_only('backups.drill', 'select, insert');

create table backups.holder (
  organisation uuid not null,
  id uuid not null,
  -- An age recipient; of its identity nothing ever stands here.
  recipient text not null check (recipient ~ '^age1[a-z0-9]+$'),
  holder_kind text not null check (holder_kind in ('person', 'service')),
  holder text not null check (holder <> ''),
  purpose text not null check (purpose <> ''),
  kept_at text not null check (kept_at <> ''),
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  asked_by text not null,
  asked_at timestamptz not null,
  decision text check (decision in ('approved', 'refused')),
  decided_by text,
  decided_at timestamptz,
  single_approver boolean not null default false,
  ended_at timestamptz,
  ended_by text,
  primary key (organisation, id),
  check ((decision is null) = (decided_by is null) and (decision is null) = (decided_at is null)),
  check (ended_at is null or decision = 'approved')
);
create index holder_of_recipient on backups.holder (organisation, recipient);
select hevd.scope_by_organisation('backups.holder');
