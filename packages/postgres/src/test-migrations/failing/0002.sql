create table one.half (id integer);
create table thing (id integer);
