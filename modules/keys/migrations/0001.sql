-- The vault: the root key as it is sealed, named and versioned keys wrapped under it, who may use them and who did, and the
-- register of key stores elsewhere. No key and no token stands here in clear.

create table keys.root (
  organisation uuid not null,
  kind text not null,
  -- What the seal needs to open it (SealedRoot).
  sealed jsonb not null,
  -- HMAC of a fixed text under the root key: tells a right one from a wrong one.
  verifier bytea not null,
  made_at timestamptz not null,
  sealed_at timestamptz not null,
  -- Sealed by hand: every server lets go of the root key, and no seal opens by itself until somebody says so.
  closed_at timestamptz,
  primary key (organisation)
);
select hevd.scope_by_organisation('keys.root');

-- Goes up with every change of what may be used by whom. What a server remembers is good for as long as it is the same.
create table keys.generation (
  organisation uuid not null,
  value bigint not null,
  primary key (organisation)
);
select hevd.scope_by_organisation('keys.generation');

create table keys.key (
  organisation uuid not null,
  id uuid not null,
  name text not null check (name ~ '^[A-Za-z0-9_]([A-Za-z0-9_.-]{0,98}[A-Za-z0-9_])?$'),
  type text not null,
  derived boolean not null,
  convergent boolean not null check (not convergent or derived),
  latest integer not null check (latest > 0),
  min_decryption integer not null check (min_decryption between 1 and latest),
  -- 0 for the newest.
  min_encryption integer not null check (min_encryption between 0 and latest),
  -- Versions before it are destroyed.
  min_available integer not null check (min_available between 1 and min_decryption),
  deletion_allowed boolean not null,
  exportable boolean not null,
  export_asked_by text,
  export_asked_at timestamptz,
  export_approved_by text,
  auto_rotate text,
  rotates_at timestamptz,
  made_by text not null,
  made_at timestamptz not null,
  rotated_at timestamptz not null,
  deleted_at timestamptz,
  destroys_at timestamptz,
  destroyed_at timestamptz,
  primary key (organisation, id),
  check ((auto_rotate is null) = (rotates_at is null)),
  check ((deleted_at is null) = (destroys_at is null))
);
create unique index key_by_name on keys.key (organisation, name) where destroyed_at is null;
create index key_due on keys.key (organisation, rotates_at) where rotates_at is not null;
select hevd.scope_by_organisation('keys.key');

create table keys.version (
  organisation uuid not null,
  key uuid not null,
  version integer not null check (version > 0),
  -- AES-256-GCM under a key derived from the root key; null once it is destroyed.
  wrapped bytea,
  made_at timestamptz not null,
  last_used_at timestamptz,
  destroyed_at timestamptz,
  primary key (organisation, key, version),
  foreign key (organisation, key) references keys.key (organisation, id),
  check ((wrapped is null) = (destroyed_at is not null))
);
select hevd.scope_by_organisation('keys.version');

create table keys.key_grant (
  organisation uuid not null,
  id uuid not null,
  key uuid not null,
  holder_kind text not null check (holder_kind in ('account', 'service')),
  holder text not null check (holder <> ''),
  operations text[] not null check (cardinality(operations) > 0),
  purpose text not null check (purpose <> ''),
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  asked_by text not null,
  asked_at timestamptz not null,
  decision text check (decision in ('approved', 'refused')),
  decided_by text,
  decided_at timestamptz,
  single_approver boolean not null default false,
  revoked_at timestamptz,
  revoked_by text,
  last_used_at timestamptz,
  primary key (organisation, id),
  foreign key (organisation, key) references keys.key (organisation, id),
  check ((decision is null) = (decided_by is null) and (decision is null) = (decided_at is null)),
  check (revoked_at is null or decision = 'approved')
);
-- The one look-up that decides.
create index grant_of_holder on keys.key_grant (organisation, holder_kind, holder, key)
  where decision = 'approved' and revoked_at is null;
create index grant_of_key on keys.key_grant (organisation, key);
select hevd.scope_by_organisation('keys.key_grant');

create table keys.token (
  organisation uuid not null,
  id uuid not null,
  token_hash bytea not null,
  holder_kind text not null check (holder_kind in ('account', 'service')),
  holder text not null check (holder <> ''),
  -- Addresses it may be used from; none for any.
  sources text[] not null,
  made_by text not null,
  made_at timestamptz not null,
  ends_on date not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (organisation, id),
  unique (organisation, token_hash)
);
create index token_of_holder on keys.token (organisation, holder_kind, holder);
select hevd.scope_by_organisation('keys.token');

-- A stretch of use: a server writes it before the first use of a grant, for at most `up_to` uses until `ends_at`, and closes it
-- with the exact counts. One that is never closed says that there were at most so many.
create table keys.lease (
  organisation uuid not null,
  id uuid not null,
  grant_id uuid not null,
  key uuid not null,
  server uuid not null,
  began_at timestamptz not null,
  ends_at timestamptz not null,
  up_to integer not null check (up_to > 0),
  -- Uses by operation and version (`encrypt/3`); null while it is open, and for ever where the server died.
  counts jsonb,
  uses integer check (uses between 0 and up_to),
  closed_at timestamptz,
  primary key (organisation, id),
  foreign key (organisation, grant_id) references keys.key_grant (organisation, id),
  check ((counts is null) = (uses is null))
);
create index lease_open on keys.lease (organisation, ends_at) where closed_at is null;
create index lease_of_key on keys.lease (organisation, key, began_at);
select hevd.scope_by_organisation('keys.lease');

-- Keys that live elsewhere, as somebody entered them.
create table keys.store (
  organisation uuid not null,
  id text not null check (id <> ''),
  name text not null check (name <> ''),
  kind text not null,
  place text not null check (place <> ''),
  -- Who can reach the keys there; null where nobody has told.
  reached_by text[],
  rotated_on date,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (organisation, id)
);
select hevd.scope_by_organisation('keys.store');

-- When somebody last said that there are no other key stores.
create table keys.stores_confirmed (
  organisation uuid not null,
  confirmed_at timestamptz not null,
  confirmed_by text not null,
  primary key (organisation)
);
select hevd.scope_by_organisation('keys.stores_confirmed');
