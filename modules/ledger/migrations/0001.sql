-- Two transparency logs per organisation. What is acknowledged stands in the outbox, what is in the tree in `entry`;
-- the server's role can neither change nor remove an entry, a tile or a checkpoint.

create table ledger.outbox (
  organisation uuid not null,
  log text not null check (log in ('internal', 'public')),
  -- Ascending in the order of acknowledging by one server; the order in which a batch is taken.
  id uuid not null,
  kind text not null,
  -- The leaf, canonical JSON in UTF-8: exactly the bytes that are hashed. A bundle carries at most 65,535 of them.
  data bytea not null check (length(data) <= 65535),
  primary key (organisation, log, id)
);
select hevd.scope_by_organisation('ledger.outbox');
select hevd.allow_only('ledger.outbox', 'select, insert, delete');

create table ledger.entry (
  organisation uuid not null,
  log text not null,
  index bigint not null,
  id uuid not null,
  kind text not null,
  data bytea not null,
  primary key (organisation, log, index)
);
create unique index entry_by_id on ledger.entry (organisation, log, id);
select hevd.scope_by_organisation('ledger.entry');
select hevd.allow_only('ledger.entry', 'select, insert');

-- Full tiles of 256 hashes (C2SP tlog-tiles), each with its root: the hash it has in the tile above. Partial ones are
-- read off the entries and the tiles below.
create table ledger.tile (
  organisation uuid not null,
  log text not null,
  level smallint not null,
  index bigint not null,
  hashes bytea not null check (length(hashes) = 8192),
  root bytea not null check (length(root) = 32),
  primary key (organisation, log, level, index)
);
-- Hashes do not compress.
alter table ledger.tile alter column hashes set storage external;
select hevd.scope_by_organisation('ledger.tile');
select hevd.allow_only('ledger.tile', 'select, insert');

-- How each tree stands. Compared and swapped in the transaction that inserts a batch: one sequencer at a time.
create table ledger.head (
  organisation uuid not null,
  log text not null check (log in ('internal', 'public')),
  -- C2SP verifier key of the key that signs this log, from its first day to its last.
  verifier_key text not null,
  size bigint not null,
  root bytea not null,
  primary key (organisation, log)
);
select hevd.scope_by_organisation('ledger.head');
select hevd.allow_only('ledger.head', 'select, insert, update (size, root)');

-- Signed checkpoints as published; one per size, for ever.
create table ledger.checkpoint (
  organisation uuid not null,
  log text not null,
  size bigint not null,
  root bytea not null,
  -- Leaf hashes of the entries that it added, 32 bytes each: by them the very entry that was changed can be named.
  hashes bytea not null check (length(hashes) % 32 = 0),
  note text not null,
  signed_at timestamptz not null,
  primary key (organisation, log, size)
);
alter table ledger.checkpoint alter column hashes set storage external;
select hevd.scope_by_organisation('ledger.checkpoint');
select hevd.allow_only('ledger.checkpoint', 'select, insert');

-- What witnesses said of a checkpoint, each a line of a signed note.
create table ledger.cosignature (
  organisation uuid not null,
  log text not null,
  size bigint not null,
  witness text not null,
  line text not null,
  received_at timestamptz not null,
  primary key (organisation, log, size, witness)
);
create index cosignature_of_witness on ledger.cosignature (organisation, log, witness, size);
select hevd.scope_by_organisation('ledger.cosignature');
select hevd.allow_only('ledger.cosignature', 'select, insert');

-- Personal payloads, sealed under a key of their person that is kept outside this database. The leaf has the
-- salted commitment; without the key nothing here can be read, and the tree still verifies.
create table ledger.sealed (
  organisation uuid not null,
  log text not null,
  entry uuid not null,
  field text not null,
  person uuid not null,
  ciphertext bytea not null,
  primary key (organisation, log, entry, field)
);
create index sealed_of_person on ledger.sealed (organisation, person, log, entry);
select hevd.scope_by_organisation('ledger.sealed');
select hevd.allow_only('ledger.sealed', 'select, insert');
