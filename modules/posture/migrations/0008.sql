-- What is due and not done, without going through all that was done: asked of people every half minute.
create index occurrence_undone on posture.occurrence (organisation, test, due_at) where state in ('open', 'overdue');
