-- What the organisation promises, and how each subject stands under each test of it. Verdicts are a time line: the
-- present one in posture.finding together with what it becomes at `until`, earlier ones in posture.past_finding.

-- A control as it was in force: approved text, parameters, and the tests that judged it. One is current.
create table posture.edition (
  organisation uuid not null,
  control text not null,
  number integer not null,
  -- SHA-256, hex, of the approved text with its parameters.
  policy_digest text not null,
  -- SHA-256, hex, of the sources that judge.
  tests_digest text not null,
  parameters jsonb not null,
  -- SHA-256, hex, of the parameters in canonical JSON; what an exception is bound to.
  parameters_digest text not null,
  -- Parameters before the last change, and until when they still count; null when they do not.
  before jsonb,
  before_until timestamptz,
  approved_at timestamptz not null,
  -- An account's id, or `catalogue` while nobody has approved another text than the one shipped.
  approved_by text not null,
  reviewed_at timestamptz not null,
  made_at timestamptz not null,
  superseded_at timestamptz,
  primary key (organisation, control, number),
  check ((before is null) = (before_until is null))
);
create unique index edition_in_force on posture.edition (organisation, control) where superseded_at is null;
select hevd.scope_by_organisation('posture.edition');

-- One row per organisation: which tests are activated, when judging last showed life, whether it stands
-- still. Batches hold the row `for key share`, so an activation waits for those under way and none comes after it.
create table posture.judging (
  organisation uuid not null,
  -- Digest of the catalogue whose tests judge.
  engine text not null,
  generation bigint not null,
  activated_at timestamptz not null,
  alive_at timestamptz not null,
  halted_at timestamptz,
  -- How far the database's clock was off, in milliseconds, when judging stopped.
  halted_by bigint,
  primary key (organisation),
  check ((halted_at is null) = (halted_by is null))
);
select hevd.scope_by_organisation('posture.judging');

-- Every activation there has been, so that a server of an older version does not take judging back.
create table posture.activation (
  organisation uuid not null,
  generation bigint not null,
  engine text not null,
  at timestamptz not null,
  primary key (organisation, generation)
);
select hevd.scope_by_organisation('posture.activation');
select hevd.allow_only('posture.activation', 'select, insert');

-- Names of what is judged; kept after its end, since history speaks of it.
create table posture.subject (
  organisation uuid not null,
  kind text not null,
  id text not null,
  name text not null,
  -- Name and id in lower case, for search.
  search text not null,
  primary key (organisation, kind, id)
);
select hevd.scope_by_organisation('posture.subject');

-- Feeds and scopes that judgements rest on, shared by all that rest on the same. The id is a digest of the content.
create table posture.feed_set (
  organisation uuid not null,
  id uuid not null,
  -- Agents' feeds whose silence makes it unseen; registers are never silent and left out.
  feeds text[] not null,
  -- Keys by which a change of coverage is heard (`coverage|type|scope`).
  scopes text[] not null,
  primary key (organisation, id)
);
select hevd.scope_by_organisation('posture.feed_set');
create table posture.feed_set_feed (
  organisation uuid not null,
  feed text not null,
  id uuid not null,
  primary key (organisation, feed, id)
);
select hevd.scope_by_organisation('posture.feed_set_feed');
create table posture.feed_set_scope (
  organisation uuid not null,
  scope_key text not null,
  id uuid not null,
  primary key (organisation, scope_key, id)
);
select hevd.scope_by_organisation('posture.feed_set_scope');

-- One candidate under one test, judged or outside: what it looked up, so that a change wakes it.
create table posture.judgement (
  organisation uuid not null,
  test text not null,
  subject text not null,
  -- Keys of its look-ups (`type|by|value`), those that gave nothing too; the same as in posture.dependency.
  lookups text[] not null,
  rests uuid not null,
  -- When time alone gives it something new to say, beyond what its finding already knows.
  due_at timestamptz,
  -- Null until it has been judged once.
  judged_at timestamptz,
  primary key (organisation, test, subject)
);
create index judgement_resting_on on posture.judgement (organisation, rests);
create index judgement_due on posture.judgement (organisation, due_at) where due_at is not null;
select hevd.scope_by_organisation('posture.judgement');

create table posture.dependency (
  organisation uuid not null,
  lookup_key text not null,
  test text not null,
  subject text not null,
  primary key (organisation, lookup_key, test, subject)
);
select hevd.scope_by_organisation('posture.dependency');

-- Judgements that wait. Whoever judges holds the row, so it is also what keeps two from judging the same.
create table posture.wake (
  organisation uuid not null,
  test text not null,
  subject text not null,
  at timestamptz not null,
  primary key (organisation, test, subject)
) with (autovacuum_vacuum_scale_factor = 0.01);
create index wake_oldest on posture.wake (organisation, at);
select hevd.scope_by_organisation('posture.wake');

-- What was read for a judgement, by its digest: the answers of all look-ups, in order. A verdict is replayed from it.
create table posture.input (
  organisation uuid not null,
  digest bytea not null,
  content jsonb not null,
  primary key (organisation, digest)
);
select hevd.scope_by_organisation('posture.input');

-- What is known of a subject under a test (@hevd/core, Finding). `why` is canonical JSON: it is hashed as it stands.
create table posture.finding (
  organisation uuid not null,
  test text not null,
  subject text not null,
  verdict text not null check (verdict in ('holds', 'fails', 'unknown')),
  why text,
  -- When it began to say exactly this; `since` is when the verdict began.
  said_at timestamptz not null,
  since timestamptz not null,
  failing_since timestamptz,
  seen_at timestamptz not null,
  until timestamptz,
  -- What it says at `until`, already settled with what it says now.
  next_verdict text,
  next_why text,
  rests uuid not null,
  edition integer not null,
  inputs bytea not null,
  -- Judging batch that made it say this; its leaf in the internal log is over all findings of the batch.
  batch uuid not null,
  -- Keeps the leaf of a finding from being guessed.
  salt uuid not null,
  primary key (organisation, test, subject),
  check ((until is null) = (next_verdict is null))
);
create index finding_by_verdict on posture.finding (organisation, verdict, test, subject);
create index finding_due on posture.finding (organisation, test, until) where until is not null;
create index finding_resting_on on posture.finding (organisation, rests);
select hevd.scope_by_organisation('posture.finding');

create table posture.past_finding (
  organisation uuid not null,
  test text not null,
  subject text not null,
  verdict text not null,
  why text,
  from_at timestamptz not null,
  until_at timestamptz not null,
  since timestamptz not null,
  edition integer not null,
  inputs bytea not null,
  batch uuid not null,
  salt uuid not null,
  -- Why nothing came after it, where nothing did.
  ended text check (ended in ('gone', 'outside', 'test-ended'))
);
create index past_of_finding on posture.past_finding (organisation, test, subject);
select hevd.scope_by_organisation('posture.past_finding');
select hevd.allow_only('posture.past_finding', 'select, insert');

-- How many findings of a test have each verdict, as stored. Kept by every statement that changes findings.
create table posture.tally (
  organisation uuid not null,
  test text not null,
  verdict text not null,
  count bigint not null,
  -- Grows whenever a finding of the test has changed.
  revision bigint not null default 1,
  primary key (organisation, test, verdict)
) with (fillfactor = 50);
select hevd.scope_by_organisation('posture.tally');

create table posture.occurrence (
  organisation uuid not null,
  test text not null,
  subject text not null,
  due_at timestamptz not null,
  state text not null check (state in ('open', 'overdue', 'met', 'late', 'missed', 'not-observed')),
  discharged_at timestamptz,
  recorded_at timestamptz,
  primary key (organisation, test, subject, due_at)
);
select hevd.scope_by_organisation('posture.occurrence');
-- One that is not due yet is withdrawn when its moment moves; all others are for ever.
create policy only_open on posture.occurrence as restrictive for delete using (state = 'open');
select hevd.allow_only('posture.occurrence', 'select, insert, update, delete');

create table posture.control_state (
  organisation uuid not null,
  control text not null,
  from_at timestamptz not null,
  until_at timestamptz,
  state text not null check (state in ('holds', 'fails', 'unknown', 'excepted')),
  primary key (organisation, control, from_at)
);
create unique index control_state_now on posture.control_state (organisation, control) where until_at is null;
select hevd.scope_by_organisation('posture.control_state');

create table posture.exception (
  organisation uuid not null,
  id uuid not null,
  test text not null,
  subject text not null,
  -- The reason it covers, canonical JSON, and its code.
  why text not null,
  reason_code text not null,
  parameters_digest text not null,
  -- Why it is accepted, in the asker's words.
  reason text not null,
  until timestamptz not null,
  requested_by uuid not null,
  requested_at timestamptz not null,
  approved_by uuid,
  approved_at timestamptz,
  withdrawn_by uuid,
  withdrawn_at timestamptz,
  primary key (organisation, id),
  check ((approved_by is null) = (approved_at is null)),
  check ((withdrawn_by is null) = (withdrawn_at is null))
);
create index exception_of_finding on posture.exception (organisation, test, subject);
select hevd.scope_by_organisation('posture.exception');
