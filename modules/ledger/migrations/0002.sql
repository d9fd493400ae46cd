-- What had been signed at a moment: where a log stood at the ends of a period.
create index checkpoint_by_time on ledger.checkpoint (organisation, log, signed_at);
