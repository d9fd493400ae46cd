-- The failures of the past in the order in which a period's deviations are told, without going through what held.
create index past_failing on posture.past_finding (organisation, test, subject) where verdict = 'fails';

-- Samples that were drawn of a period: test, seed and size say which subjects, so nobody draws the same one twice.
create table posture.period_sample (
  organisation uuid not null,
  period uuid not null,
  test text not null,
  seed text not null,
  size integer not null check (size > 0),
  drawn_by uuid not null,
  drawn_at timestamptz not null,
  primary key (organisation, period, test, seed, size),
  foreign key (organisation, period) references posture.period (organisation, id)
);
select hevd.scope_by_organisation('posture.period_sample');
select hevd.allow_only('posture.period_sample', 'select, insert');
