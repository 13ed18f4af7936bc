-- What use has shown: a change of a job asks less, and what is known of a try and of its effect is one row.

-- A job is open until it has an end. Said so, and not by its three states, an index costs a change of a job nothing
-- where it does not stand in it: SQLite builds a table in memory for each list of three, for each index, twice.
drop index jobs_to_list;
drop index jobs_open_of_schedule;
drop index jobs_past_deadline;
drop index jobs_open_of_workflow;
create index jobs_to_list on job (created_at, id) where ended_at is null and number is not null;
create index jobs_open_of_schedule on job (schedule_id) where ended_at is null and schedule_id is not null;
create index jobs_past_deadline on job (deadline_at) where ended_at is null and deadline_at is not null;
create index jobs_open_of_workflow on job (workflow, subject, queued, id) where ended_at is null and workflow is not null;

-- An attempt is written before anything outside is touched and settled after it ended. `effect` is what is known of the
-- change that it may have made there, under the key that the outside saw.
create table attempt_new (
  step_id integer not null references step (id),
  number integer not null,
  key text not null,
  kind text not null check (kind = 'read' or kind = 'keyed' or kind = 'once' or kind = 'repeatable'),
  began_at text not null,
  ended_at text,
  took_ms integer,
  outcome text check (outcome = 'succeeded' or outcome = 'failed' or outcome = 'cut off'),
  error text,
  effect text not null check (effect = 'started' or effect = 'happened' or effect = 'did not' or effect = 'unknown'),
  settled_at text, -- since when that is known; null while it is not
  primary key (step_id, number)
) strict, without rowid;
insert into attempt_new
  select attempt.step_id, attempt.number, coalesce(effect.key, step.key), coalesce(effect.kind, 'once'), attempt.began_at,
    attempt.ended_at, attempt.took_ms, attempt.outcome, attempt.error, coalesce(effect.state, 'unknown'), effect.ended_at
  from attempt join step on step.id = attempt.step_id
    left join effect on effect.step_id = attempt.step_id and effect.number = attempt.number;
drop table attempt;
drop table effect;
alter table attempt_new rename to attempt;

-- The same from the side of the outside.
create view effect as
  select key, number, step_id, kind, effect as state, began_at, settled_at as ended_at from attempt;
