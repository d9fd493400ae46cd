-- Where customers' data may be and where it is: customers with their choice, data stores, what is placed where, whoever
-- reaches it from elsewhere, and the facilities that hosts stand in. What ends keeps its row.

create table residency.customer (
  organisation uuid not null,
  id text not null check (id <> ''),
  -- Stands for the customer in the log, since what a customer is called may be personal.
  ref uuid not null,
  name text not null check (name <> ''),
  choice text check (choice in ('policy', 'eu', 'europe', 'us', 'named')),
  -- Codes of areas and places, of a choice by name.
  named jsonb not null,
  since date,
  contract text,
  search text not null,
  sort_key text not null,
  entered_at timestamptz not null,
  changed_at timestamptz not null,
  ended_at timestamptz,
  primary key (organisation, id),
  unique (organisation, ref)
);
create index customer_by_name on residency.customer (organisation, sort_key, id) where ended_at is null;
select hevd.scope_by_organisation('residency.customer');

create table residency.data_store (
  organisation uuid not null,
  id text not null check (id <> ''),
  name text not null check (name <> ''),
  kind text not null check (kind in ('database', 'bucket', 'backups', 'logs', 'private-cloud', 'other')),
  place text not null,
  host text,
  -- Where somebody saw at the provider that it is, and on which day.
  seen_place text,
  seen_on date,
  bytes bigint check (bytes >= 0),
  -- Id of a customer.
  dedicated_to text,
  search text not null,
  sort_key text not null,
  entered_at timestamptz not null,
  changed_at timestamptz not null,
  ended_at timestamptz,
  primary key (organisation, id),
  check ((seen_place is null) = (seen_on is null))
);
create index data_store_by_name on residency.data_store (organisation, sort_key, id) where ended_at is null;
select hevd.scope_by_organisation('residency.data_store');

-- As applications report it, also of customers and stores that nobody has entered: those fail by name.
create table residency.placement (
  organisation uuid not null,
  customer text not null check (customer <> ''),
  store text not null check (store <> ''),
  placed_at timestamptz not null,
  primary key (organisation, customer, store)
);
create index placement_by_store on residency.placement (organisation, store, customer);
select hevd.scope_by_organisation('residency.placement');

create table residency.subprocessor (
  organisation uuid not null,
  id text not null check (id <> ''),
  name text not null check (name <> ''),
  kind text not null check (kind in ('subprocessor', 'support')),
  places jsonb not null,
  -- Ids of customers; null for everybody.
  reaches jsonb,
  payments boolean not null,
  since date not null,
  search text not null,
  sort_key text not null,
  entered_at timestamptz not null,
  changed_at timestamptz not null,
  ended_at timestamptz,
  primary key (organisation, id)
);
select hevd.scope_by_organisation('residency.subprocessor');

-- What a payment provider has shown of its compliance with PCI DSS. Nothing is taken out, only withdrawn.
create table residency.attestation (
  organisation uuid not null,
  id uuid not null,
  subprocessor text not null,
  level integer not null check (level between 1 and 4),
  version text not null,
  signed_on date not null,
  valid_until date,
  reference text not null,
  evidence text check (evidence ~ '^[0-9a-f]{64}$'),
  recorded_at timestamptz not null,
  recorded_by text not null,
  withdrawn_at timestamptz,
  primary key (organisation, id),
  foreign key (organisation, subprocessor) references residency.subprocessor (organisation, id)
);
create index attestation_by_subprocessor on residency.attestation (organisation, subprocessor, signed_on);
select hevd.scope_by_organisation('residency.attestation');
select hevd.allow_only('residency.attestation', 'select, insert, update (withdrawn_at, reference)');

create table residency.host_facility (
  organisation uuid not null,
  host text not null,
  facility text not null,
  place text not null,
  seen_on date not null,
  primary key (organisation, host)
);
select hevd.scope_by_organisation('residency.host_facility');

-- With these applications ask and report; of the token itself only the hash is kept.
create table residency.token (
  organisation uuid not null,
  id uuid not null,
  token_hash bytea not null,
  -- Id of a named service.
  service text not null,
  -- Whether it may also report where data was placed.
  reports boolean not null,
  ends_on date not null,
  made_by text not null,
  made_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (organisation, id),
  unique (organisation, token_hash)
);
select hevd.scope_by_organisation('residency.token');

-- Answers that one server gives while it is open; closed, they stand in the log as counts. One left open was given by a server
-- that ended before it could say how many.
create table residency.batch (
  organisation uuid not null,
  id uuid not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  primary key (organisation, id)
);
create index batch_open on residency.batch (organisation, opened_at) where closed_at is null;
select hevd.scope_by_organisation('residency.batch');
