-- Erasures of persons. While one is at work its row says who and what they are called; that goes before the person's key
-- does, and what stays names nobody.

create table people.erasure (
  organisation uuid not null,
  id uuid not null,
  -- Those asked for together.
  batch uuid not null,
  state text not null check (state in (
    'asked', 'registers', 'history', 'looking', 'key', 'rewriting', 'done', 'stopped')),
  -- Why it does not go on by itself just now.
  waits text check (waits in ('approval', 'judging', 'remains', 'database')),
  -- Of the ledger. Null where only an account is forgotten that an erased person had.
  key uuid,
  person text,
  names text[] not null,
  accounts text[] not null,
  because text not null check (because in ('retention', 'request', 'account')),
  reason text,
  asked_by text not null,
  asked_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  -- When the registers were changed last: all that was judged before it is judged anew.
  changed_at timestamptz,
  -- When the key was gone and the leaf written.
  erased_at timestamptz,
  -- How many entries the leaf lists.
  entries integer,
  -- What was looked through for the names, and what of it still has them.
  observed jsonb,
  finished_at timestamptz,
  primary key (organisation, id),
  check (erased_at is null or (person is null and names = '{}' and accounts = '{}' and reason is null))
);
create index erasure_at_work on people.erasure (organisation, id) where state not in ('done', 'stopped');
create unique index erasure_of_person on people.erasure (organisation, person) where person is not null;
select hevd.scope_by_organisation('people.erasure');

-- Accounts that an erased person had and that are still seen. Whose they were is not kept; when they are gone, what was
-- once seen of them goes too.
create table people.former_account (
  organisation uuid not null,
  account text not null,
  primary key (organisation, account)
);
select hevd.scope_by_organisation('people.former_account');
