-- Agents of other hosts: the authority that issues their certificates, one-time tokens to join by (hashes only), and every
-- certificate that was issued. Whether one is good is looked up at each request, so that revoking works at once.

-- The public key of the authority whose private key lies under HEVD_HOME. Another one means that the folder was lost, or
-- that this is another server with a folder of its own; every agent would be locked out.
create table hosts.authority (
  organisation uuid not null,
  key_hash bytea not null,
  made_at timestamptz not null,
  primary key (organisation)
);
select hevd.scope_by_organisation('hosts.authority');

-- For a declared host, or for one that is declared by joining.
create table hosts.join_token (
  organisation uuid not null,
  id uuid not null,
  token_hash bytea not null,
  host text,
  role text check (role in ('production', 'workstation', 'other')),
  made_by text not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  withdrawn_at timestamptz,
  used_at timestamptz,
  -- The certificate it was used for: the same key that asks again, since the answer was lost, gets the same one.
  used_for text,
  primary key (organisation, id),
  unique (organisation, token_hash),
  check ((host is null) <> (role is null)),
  foreign key (organisation, host) references hosts.host (organisation, id)
);
select hevd.scope_by_organisation('hosts.join_token');

create table hosts.certificate (
  organisation uuid not null,
  serial text not null,
  host text not null,
  -- One for each time that the host joined; renewed certificates keep it.
  agent uuid not null,
  fingerprint bytea not null,
  key_hash bytea not null,
  pem text not null,
  issued_at timestamptz not null,
  not_after timestamptz not null,
  used_at timestamptz,
  -- When a newer one of the same agent was first used.
  superseded_at timestamptz,
  revoked_at timestamptz,
  revoked_for text check (revoked_for in ('administrator', 'rejoined', 'ended', 'left')),
  -- Of the agent that used it last.
  version text,
  -- The process that uses it and the one before. Who is followed by another and comes back runs beside it: two agents
  -- have one certificate.
  run uuid,
  run_before uuid,
  crossings integer not null default 0,
  shared_at timestamptz,
  primary key (organisation, serial),
  unique (organisation, fingerprint),
  check ((revoked_at is null) = (revoked_for is null)),
  foreign key (organisation, host) references hosts.host (organisation, id)
);
create index certificate_of_host on hosts.certificate (organisation, host, issued_at);
select hevd.scope_by_organisation('hosts.certificate');
