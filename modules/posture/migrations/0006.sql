-- Erased persons: what they are called instead in the history of a period that is still open, and when.

create table posture.erasure (
  organisation uuid not null,
  -- Of the erasure, as the internal log has it.
  id uuid not null,
  -- When the registers were changed for it last.
  since timestamptz not null,
  -- When all that they no longer say had been handed on for judging; null before.
  handed_at timestamptz,
  -- Null before the history is gone over.
  erased_at timestamptz,
  -- How their subjects begin while an open period speaks of them; null when nothing joins their rows any more.
  pseudonym text,
  primary key (organisation, id)
);
create index erasure_pseudonymous on posture.erasure (organisation, id) where pseudonym is not null;
select hevd.scope_by_organisation('posture.erasure');

-- Inputs that named somebody who was erased: by their digests, so that a replay can say why they are gone.
create table posture.erased_input (
  organisation uuid not null,
  digest bytea not null,
  primary key (organisation, digest)
);
select hevd.scope_by_organisation('posture.erased_input');
select hevd.allow_only('posture.erased_input', 'select, insert');

-- An erasure renames subjects of the past and takes names out of reasons; nothing else of a past version changes.
select hevd.allow_only('posture.past_finding', 'select, insert, update (subject, why)');
select hevd.allow_only('posture.period_answer', 'select, insert, update (subject, text)');
