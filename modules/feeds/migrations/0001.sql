-- Facts as their feeds say them, what each feed has looked at, and when it was heard. A heartbeat writes one row of
-- feeds.feed and nothing else, so that row is indexed by its name alone.

create table feeds.feed (
  organisation uuid not null,
  -- `<host>/<collector>`, or `register/<name>`.
  name text not null,
  kind text not null check (kind in ('agent', 'register')),
  host text check ((host is null) = (kind = 'register')),
  title jsonb not null,
  -- ISO 8601; null for a register, which is never silent.
  interval text,
  -- Number of the last word, and the digest of what its speaker has said in all (facts that are not `kept`).
  sequence bigint not null default 0,
  digest text not null,
  -- The last words, `<sequence>:<observed at>:<digest>`, newest first: what is sent again is known again.
  recent text[] not null default '{}',
  facts integer not null default 0,
  first_heard_at timestamptz,
  -- The earlier of observed and received, of the last word.
  heard_at timestamptz,
  received_at timestamptz,
  -- When it is silent unless it is heard before.
  silent_at timestamptz,
  -- Whether the present silence stands in feeds.silence.
  silence_recorded boolean not null default false,
  last_error_at timestamptz,
  last_error jsonb,
  ended_at timestamptz,
  primary key (organisation, name),
  check (kind = 'register' or (heard_at is null) = (silent_at is null))
) with (fillfactor = 70);
select hevd.scope_by_organisation('feeds.feed');

-- A host that has reported: the lock that a new feed and the end of its host meet at.
create table feeds.host (
  organisation uuid not null,
  id text not null,
  ended_at timestamptz,
  primary key (organisation, id)
);
select hevd.scope_by_organisation('feeds.host');

-- What is so now, as each feed says it. `id` is the id of this version of the fact.
create table feeds.fact (
  organisation uuid not null,
  feed text not null,
  type text not null,
  key text not null,
  id uuid not null,
  scope text not null,
  value jsonb not null,
  -- SHA-256 over type, key and value as they were said.
  hash bytea not null,
  -- No longer said, by a word that had not looked at all of its scope: it stays until one has.
  kept boolean not null default false,
  observed_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (organisation, feed, type, key),
  unique (organisation, id)
);
create index fact_by_type on feeds.fact (organisation, type, key);
create index fact_kept on feeds.fact (organisation, feed) where kept;
select hevd.scope_by_organisation('feeds.fact');

-- The look-ups a fact is found by. Written and deleted with its version, in one transaction.
create table feeds.fact_lookup (
  organisation uuid not null,
  -- `type|by|value`
  lookup_key text not null,
  fact uuid not null,
  primary key (organisation, lookup_key, fact)
);
create index lookup_of_fact on feeds.fact_lookup (organisation, fact);
select hevd.scope_by_organisation('feeds.fact_lookup');

-- Versions that are no longer so, with the look-ups they were found by, so that a past verdict can be replayed.
create table feeds.past_fact (
  organisation uuid not null,
  id uuid not null,
  feed text not null,
  type text not null,
  key text not null,
  scope text not null,
  value jsonb not null,
  lookup_keys text[] not null,
  observed_at timestamptz not null,
  recorded_at timestamptz not null,
  until timestamptz not null,
  -- Changed to another value, or no longer so at all.
  gone boolean not null,
  primary key (organisation, id)
);
create index past_fact_by_key on feeds.past_fact (organisation, type, key, until);
select hevd.scope_by_organisation('feeds.past_fact');

-- What a feed has looked at, part by part: whole, or not and why.
create table feeds.coverage (
  organisation uuid not null,
  type text not null,
  scope text not null,
  feed text not null,
  -- The scope up to its first `/`: the host, for what is on a host.
  host text not null,
  state text not null check (state in ('complete', 'needs-right', 'failed', 'partial')),
  detail text not null,
  since timestamptz not null,
  primary key (organisation, type, scope, feed),
  foreign key (organisation, feed) references feeds.feed (organisation, name)
);
create index coverage_of_feed on feeds.coverage (organisation, feed);
create index coverage_of_host on feeds.coverage (organisation, type, host);
select hevd.scope_by_organisation('feeds.coverage');

-- Each time a feed was silent. `heard_at` is its last word before.
create table feeds.silence (
  organisation uuid not null,
  feed text not null,
  silent_at timestamptz not null,
  heard_at timestamptz not null,
  recorded_at timestamptz not null,
  until timestamptz,
  primary key (organisation, feed, silent_at),
  foreign key (organisation, feed) references feeds.feed (organisation, name)
);
select hevd.scope_by_organisation('feeds.silence');

-- Look-ups that changed, for whoever judges. A row is visible exactly when the change that made it is.
create table feeds.touched (
  organisation uuid not null,
  id uuid not null,
  lookup_key text not null,
  primary key (organisation, id)
);
select hevd.scope_by_organisation('feeds.touched');
