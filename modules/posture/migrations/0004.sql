-- The auditor's question: what a control did over a period, answered for and signed.

-- What a version rested on and how often it had begun to fail of late, so that silence and flapping can be told of the
-- past too. Null in versions from before these columns.
alter table posture.past_finding add column rests uuid;
alter table posture.past_finding add column flaps jsonb;
create index past_resting_on on posture.past_finding (organisation, rests);

-- Times in which nothing was judged: the engine was not heard, or it stood still because the clocks disagreed.
create table posture.judging_gap (
  organisation uuid not null,
  kind text not null check (kind in ('silent', 'halted')),
  from_at timestamptz not null,
  until_at timestamptz not null,
  primary key (organisation, kind, from_at),
  check (from_at < until_at)
);
select hevd.scope_by_organisation('posture.judging_gap');
select hevd.allow_only('posture.judging_gap', 'select, insert');

-- A period that is reported on: whole days of the zone it was made in.
create table posture.period (
  organisation uuid not null,
  id uuid not null,
  title text not null,
  first_day date not null,
  last_day date not null,
  zone text not null,
  from_at timestamptz not null,
  until_at timestamptz not null,
  -- Part of the report, so that its digest in the log tells nobody what it says.
  salt uuid not null,
  made_by uuid not null,
  made_at timestamptz not null,
  primary key (organisation, id),
  check (from_at < until_at)
);
select hevd.scope_by_organisation('posture.period');
select hevd.allow_only('posture.period', 'select, insert');

-- What management says of a control or of one deviation. A later answer to the same takes the place of an earlier one.
create table posture.period_answer (
  organisation uuid not null,
  id uuid not null,
  period uuid not null,
  control text not null,
  -- Of a deviation: its test, its subject, and when it began in the period.
  test text,
  subject text,
  deviation_from timestamptz,
  text text not null,
  by uuid not null,
  at timestamptz not null,
  primary key (organisation, id),
  foreign key (organisation, period) references posture.period (organisation, id),
  check ((test is null) = (subject is null) and (test is null) = (deviation_from is null))
);
create index answer_of_period on posture.period_answer (organisation, period, control);
select hevd.scope_by_organisation('posture.period_answer');
select hevd.allow_only('posture.period_answer', 'select, insert');

-- The report as it was signed; nothing changes it afterwards.
create table posture.period_signing (
  organisation uuid not null,
  period uuid not null,
  signed_by uuid not null,
  signed_at timestamptz not null,
  -- Whether the one who signed had also answered, as the only administrator.
  single boolean not null,
  -- SHA-256, hex, of the report in canonical JSON.
  digest text not null,
  -- That canonical JSON: it is hashed as it stands.
  report text not null,
  primary key (organisation, period),
  foreign key (organisation, period) references posture.period (organisation, id)
);
select hevd.scope_by_organisation('posture.period_signing');
select hevd.allow_only('posture.period_signing', 'select, insert');
