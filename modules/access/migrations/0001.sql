-- The register of access: who was given what, why, by whose approval and until when. Nothing is deleted: a grant ends by
-- its last day or by a record.

create table access.access_grant (
  organisation uuid not null,
  -- The organisation's own, such as the number of a case.
  id text not null check (id <> ''),
  -- Names the grant in the ledger, where nothing personal may stand.
  key uuid not null,
  -- `account` is a role of Hevd's own, by the key of its fact; such grants come with Hevd.
  holder_kind text not null check (holder_kind in ('person', 'service', 'account')),
  holder text not null,
  kind text not null check (kind in ('postgres', 'firewall', 'other')),
  -- A server's id, a host's id, or what another system is called.
  place text not null check (place <> ''),
  privilege text check ((kind = 'postgres') = (privilege is not null)),
  need text not null,
  approved_by text,
  single_approver boolean not null,
  starts_on date not null,
  ends_on date,
  -- Small letters of what is searched in.
  search text not null,
  changed_at timestamptz not null,
  ended_at timestamptz,
  primary key (organisation, id),
  unique (organisation, key),
  check (holder_kind = 'account' or (approved_by is not null and ends_on is not null))
);
create index grant_by_end on access.access_grant (organisation, ends_on, id);
select hevd.scope_by_organisation('access.access_grant');

-- Each time somebody confirmed that a grant is still needed.
create table access.review (
  organisation uuid not null,
  grant_id text not null,
  reviewed_at timestamptz not null,
  reviewed_by text not null,
  primary key (organisation, grant_id, reviewed_at),
  foreign key (organisation, grant_id) references access.access_grant (organisation, id)
);
select hevd.scope_by_organisation('access.review');
select hevd.allow_only('access.review', 'select, insert');
