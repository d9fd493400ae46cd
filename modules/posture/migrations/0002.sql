-- When it began to fail of late and since when it is seen to hold (@hevd/core, Flaps); null for what has not failed of
-- late.
alter table posture.finding add column flaps jsonb;

-- When the inputs of a version were read, so that it can be replayed at a moment at which the judge was asked. Null in
-- versions from before this column.
alter table posture.finding add column judged_at timestamptz;
alter table posture.past_finding add column judged_at timestamptz;
