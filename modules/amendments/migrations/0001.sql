-- Changes to the policy on their way: written as drafts, approved, put into force by @hevd/posture.

create table amendments.draft (
  organisation uuid not null,
  id uuid not null,
  title text not null,
  source text not null check (source in ('person', 'catalogue', 'file', 'reading')),
  state text not null check (state in ('open', 'submitted', 'published', 'rejected', 'withdrawn')),
  -- By control: the change, the text in force that it was made from, and for a catalogue's the shipped texts.
  changes jsonb not null,
  -- Grows with every change of the row; what somebody decides on is what they have seen.
  version integer not null,
  -- Null for the catalogue's own.
  made_by uuid,
  made_at timestamptz not null,
  -- Everyone who has changed it.
  editors uuid[] not null,
  submitted_by uuid,
  submitted_at timestamptz,
  decided_by uuid,
  decided_at timestamptz,
  single boolean not null default false,
  remark text,
  -- Of one that is over: what it changed, as it read then.
  outcome jsonb,
  primary key (organisation, id),
  check ((decided_at is null) = (decided_by is null))
);
create index draft_under_way on amendments.draft (organisation, state, made_at);
select hevd.scope_by_organisation('amendments.draft');

-- The text of each control that the catalogue shipped last and that was taken up or proposed.
create table amendments.shipped (
  organisation uuid not null,
  control text not null,
  text jsonb not null,
  primary key (organisation, control)
);
select hevd.scope_by_organisation('amendments.shipped');
