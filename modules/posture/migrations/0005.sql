-- The policy as the organisation's own: an edition has its words, and says where a control does not apply.

-- Title, statement and how, each in nb and en. Null in editions from before this column; the one in force is given them
-- when the catalogue is adopted.
alter table posture.edition add column words jsonb;
-- Why the control does not apply, and when that must be looked at again: {"reason", "reviewBy"}; null where it applies.
-- Past that moment it applies again.
alter table posture.edition add column not_applicable jsonb;
-- Approved by the one who wrote it, being the only administrator.
alter table posture.edition add column single boolean not null default false;

alter table posture.control_state drop constraint control_state_state_check;
alter table posture.control_state add constraint control_state_state_check
  check (state in ('holds', 'fails', 'unknown', 'excepted', 'not-applicable'));
