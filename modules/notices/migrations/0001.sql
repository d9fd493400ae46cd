-- What was asked and since when, who is told of it how, and what waits to be told. What is to be told is a row, written
-- in the transaction that finds it asked, so that nothing is lost or told twice by a server that dies in between.

-- One row an organisation: who holds it looks at what is asked, alone.
create table notices.round (organisation uuid primary key);
select hevd.scope_by_organisation('notices.round');

-- Everything that is asked, or was not long ago.
create table notices.standing (
  organisation uuid not null,
  item text not null,
  began_at timestamptz not null,
  ended_at timestamptz,
  deadline timestamptz,
  -- How often its deadline has moved, and when it last did: a calendar's SEQUENCE and LAST-MODIFIED.
  revision integer not null default 0,
  changed_at timestamptz not null,
  primary key (organisation, item)
);
select hevd.scope_by_organisation('notices.standing');

-- How an account is told. One without a row is told by e-mail of nothing.
create table notices.preference (
  organisation uuid not null,
  account uuid not null,
  rhythm text not null check (rhythm in ('off', 'at-once', 'daily', 'weekly')),
  -- Of a digest, by the clocks of the zone; 1 is Monday.
  digest_time text not null check (digest_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  digest_weekday integer not null check (digest_weekday between 1 and 7),
  urgent_at_once boolean not null,
  quiet_from text check (quiet_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  quiet_until text check (quiet_until ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  -- IANA name; null for the organisation's.
  time_zone text,
  -- Days before a deadline at which it is told again; null for never.
  remind_days integer check (remind_days between 1 and 30),
  primary key (organisation, account),
  check ((quiet_from is null) = (quiet_until is null))
);
select hevd.scope_by_organisation('notices.preference');

-- The secret address of an account's calendar, as a hash.
create table notices.calendar_link (
  organisation uuid not null,
  account uuid not null,
  token_hash bytea not null,
  made_at timestamptz not null,
  primary key (organisation, account),
  unique (organisation, token_hash)
);
select hevd.scope_by_organisation('notices.calendar_link');

create table notices.webhook (
  organisation uuid not null,
  id uuid not null,
  title text not null check (title <> ''),
  url text not null,
  -- Signs what is sent, so it stands in clear; whoever copies the database can sign as we do until it is renewed.
  secret text not null,
  made_by uuid not null,
  made_at timestamptz not null,
  disabled_at timestamptz,
  primary key (organisation, id)
);
select hevd.scope_by_organisation('notices.webhook');

-- The way to the mail server, or to one receiver, while it fails.
create table notices.outlet (
  organisation uuid not null,
  channel text not null check (channel in ('email', 'webhook')),
  -- The receiver's id; the nil UUID for the mail server.
  id uuid not null,
  failing_since timestamptz not null,
  failures integer not null,
  -- Nothing is tried before.
  next_at timestamptz not null,
  -- What was answered, {nb, en}.
  error jsonb not null,
  primary key (organisation, channel, id)
);
select hevd.scope_by_organisation('notices.outlet');

-- One message: a mail, or a call of a receiver. Its id is the Message-ID, or the webhook-id.
create table notices.delivery (
  organisation uuid not null,
  id uuid not null,
  channel text not null check (channel in ('email', 'webhook')),
  -- An account, or a receiver.
  recipient uuid not null,
  made_at timestamptz not null,
  attempts integer not null default 0,
  next_at timestamptz not null,
  -- Until when the server that sends it has it to itself.
  taken_until timestamptz,
  state text not null check (state in ('waiting', 'sent', 'dropped', 'failed')),
  settled_at timestamptz,
  error jsonb,
  primary key (organisation, id),
  check ((state = 'waiting') = (settled_at is null))
);
create index delivery_waiting on notices.delivery (organisation, next_at) where state = 'waiting';
create index delivery_newest on notices.delivery (organisation, made_at desc);
select hevd.scope_by_organisation('notices.delivery');

-- What is to be told: that something is asked (`began`), or that its deadline is near (`near`), once to each.
create table notices.telling (
  organisation uuid not null,
  item text not null,
  -- `began <instant>` or `near <instant>`, in ISO 8601.
  occasion text not null,
  channel text not null check (channel in ('email', 'webhook')),
  recipient uuid not null,
  urgent boolean not null,
  made_at timestamptz not null,
  -- The message it goes out in; null while it waits for its time.
  delivery uuid,
  dropped_at timestamptz,
  primary key (organisation, item, occasion, channel, recipient),
  foreign key (organisation, delivery) references notices.delivery (organisation, id) on delete cascade
);
create index telling_waiting on notices.telling (organisation, channel, recipient)
  where delivery is null and dropped_at is null;
create index telling_of_delivery on notices.telling (organisation, delivery);
select hevd.scope_by_organisation('notices.telling');
