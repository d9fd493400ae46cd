alter table one.thing add column more text;
