-- Where an account is told what is asked of it, and in which language; null while nobody has said.
alter table identity.account add column email text check (email <> '');
alter table identity.account add column locale text check (locale in ('nb', 'en'));
