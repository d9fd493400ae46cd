-- Somebody from outside who audits one period, until a moment. Whoever has another role has neither.

alter table identity.account add column period uuid, add column ends_at timestamptz;
alter table identity.account drop constraint account_role_check;
alter table identity.account add constraint account_role_check
  check (role in ('administrator', 'reader', 'auditor')
    and (role = 'auditor') = (period is not null) and (role = 'auditor') = (ends_at is not null));

alter table identity.invitation add column period uuid, add column ends_at timestamptz;
alter table identity.invitation drop constraint invitation_role_check;
alter table identity.invitation add constraint invitation_role_check
  check (role in ('administrator', 'reader', 'auditor')
    and (role = 'auditor') = (period is not null) and (role = 'auditor') = (ends_at is not null));
