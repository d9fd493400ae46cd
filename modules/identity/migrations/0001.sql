-- Accounts of Hevd itself, their sessions and the links that make new ones. Tokens are kept as hashes only, so
-- that a copy of the database opens nothing.

create table identity.account (
  organisation uuid not null,
  id uuid not null,
  name text not null check (name <> ''),
  -- What is typed at sign-in: lower case, unique in the organisation.
  user_name text not null check (user_name = lower(user_name) and user_name <> ''),
  role text not null check (role in ('administrator', 'reader')),
  passphrase_hash text not null,
  created_at timestamptz not null,
  disabled_at timestamptz,
  primary key (organisation, id),
  unique (organisation, user_name)
);
select hevd.scope_by_organisation('identity.account');

create table identity.session (
  organisation uuid not null,
  token_hash bytea not null,
  account uuid not null,
  created_at timestamptz not null,
  last_used_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (organisation, token_hash),
  foreign key (organisation, account) references identity.account (organisation, id)
);
create index session_of_account on identity.session (organisation, account);
select hevd.scope_by_organisation('identity.session');

create table identity.invitation (
  organisation uuid not null,
  id uuid not null,
  token_hash bytea not null,
  role text not null check (role in ('administrator', 'reader')),
  -- Null for the link of the first start.
  made_by uuid,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  used_by uuid,
  withdrawn_at timestamptz,
  primary key (organisation, id),
  unique (organisation, token_hash)
);
select hevd.scope_by_organisation('identity.invitation');

-- Failed sign-ins by user name, to slow down guessing whatever address it comes from.
create table identity.failed_sign_in (
  organisation uuid not null,
  user_name text not null,
  count integer not null,
  last_at timestamptz not null,
  primary key (organisation, user_name)
);
select hevd.scope_by_organisation('identity.failed_sign_in');
