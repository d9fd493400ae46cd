-- The register of people, of services with accounts of their own, and of whose each account is said to be. Nobody is
-- deleted by an import: a person ends by an end date.

create table people.person (
  organisation uuid not null,
  -- The organisation's own, such as an employee number.
  id text not null check (id <> ''),
  -- Names the person in the ledger, where nothing personal may stand.
  key uuid not null,
  name text not null check (name <> ''),
  kind text not null check (kind in ('employee', 'contractor')),
  sponsor text,
  starts_on date not null,
  ends_on date,
  voluntary boolean,
  -- Small letters of name and id, to search in; and the name as Norwegian sorts it.
  search text not null,
  sort_key text not null,
  changed_at timestamptz not null,
  primary key (organisation, id),
  unique (organisation, key),
  foreign key (organisation, sponsor) references people.person (organisation, id) deferrable initially deferred
);
create index person_by_name on people.person (organisation, sort_key, id);
select hevd.scope_by_organisation('people.person');

create table people.service (
  organisation uuid not null,
  id text not null check (id <> ''),
  name text not null check (name <> ''),
  owner text not null,
  primary key (organisation, id),
  foreign key (organisation, owner) references people.person (organisation, id)
);
select hevd.scope_by_organisation('people.service');

-- One owner an account, as the last one who knew said it.
create table people.account_owner (
  organisation uuid not null,
  -- Key of the account's fact.
  account text not null,
  owner_kind text not null check (owner_kind in ('person', 'service')),
  owner text not null,
  said_by text not null,
  said_at timestamptz not null,
  primary key (organisation, account)
);
create index account_of_owner on people.account_owner (organisation, owner_kind, owner);
select hevd.scope_by_organisation('people.account_owner');
