import { controlOf, type Instant, milliseconds } from '@hevd/core'
import { type Ask, allows } from '@hevd/http'
import type { Tx } from '@hevd/postgres'
import { askWords } from './ask-words.ts'
import type { ControlSummary, ExceptionView } from './contract.ts'
import type { Engine } from './engine.ts'
import { exceptionViews } from './exceptions.ts'
import { policyView } from './read/policy.ts'
import type { Administrators } from './routes.ts'
import { type Due, dueSoon, overdueSince } from './store/due-times.ts'
import { zoneOf } from './store/organisation.ts'

/** More exceptions than this are told as one. */
const listed = 20

/**
 * What judging asks of people: promises that are not upheld, exceptions that wait or run out, and what falls due within
 * a month. Per control and day, whatever the number of findings.
 */
export async function postureAsks(
  engine: Engine,
  tx: Tx,
  organisation: string,
  administrators: Administrators,
): Promise<readonly Ask[]> {
  const now = engine.clock.now()
  const { sections } = await policyView(engine, tx, organisation)
  const controls = new Map(sections.flatMap((section) => section.controls).map((one) => [one.id, one]))
  const overdue = earliestByControl(await overdueSince(tx, organisation, engine.tests, now))
  const zone = await zoneOf(tx, organisation)
  const until = now + milliseconds(engine.config.dueSoon)
  const soon = await dueSoon(tx, organisation, engine.tests, zone, now, until)
  const exceptions = await exceptionViews(engine, tx, organisation)
  const may = await administrators(organisation)
  return [
    ...[...controls.values()]
      .filter(({ state }) => state === 'fails')
      .map((control) => failing(control, overdue.get(control.id) ?? null)),
    ...[...controls.values()].flatMap((control) => outsideAsk(control, until)),
    ...soon.flatMap((due) => {
      const control = controls.get(controlOf(due.test))
      return control === undefined ? [] : [dueAsk(control, due)]
    }),
    ...waiting(exceptions, controls, may),
    ...ending(exceptions, controls, until),
  ]
}

function failing({ id, title, why, next, since }: ControlSummary, deadline: Instant | null): Ask {
  return {
    id: `control/${id}`,
    kind: 'control-fails',
    title: askWords.fails(title),
    what: why?.text ?? next ?? { nb: '', en: '' },
    since,
    deadline,
    action: askWords.mend,
    to: `/controls/${encodeURIComponent(id)}`,
    urgent: true,
    of: () => true,
  }
}

/** What was said not to apply, when somebody must look at that again. */
function outsideAsk({ id, title, notApplicable }: ControlSummary, until: Instant): readonly Ask[] {
  if (notApplicable === null || notApplicable.reviewBy > until) return []
  return [
    {
      id: `applicability/${id}`,
      kind: 'applicability-review',
      title: askWords.outside(title),
      what: { nb: notApplicable.reason, en: notApplicable.reason },
      since: null,
      deadline: notApplicable.reviewBy,
      action: askWords.see,
      to: `/controls/${encodeURIComponent(id)}`,
      urgent: false,
      of: (account) => allows('administrator', account),
    },
  ]
}

function dueAsk({ id, title, statement }: ControlSummary, { test, day, count, dueAt }: Due): Ask {
  return {
    id: `due/${test}/${day}`,
    kind: 'due',
    title: askWords.due(title, count),
    what: statement,
    since: null,
    deadline: dueAt,
    action: askWords.see,
    to: `/controls/${encodeURIComponent(id)}`,
    urgent: false,
    of: () => true,
  }
}

type Controls = ReadonlyMap<string, ControlSummary>
const titleOf = (controls: Controls, id: string) => controls.get(id)?.title ?? { nb: id, en: id }
const exceptionPlace = { to: '/exceptions', urgent: false }

/** Nobody approves what they asked for, but for a single administrator. */
function waiting(all: readonly ExceptionView[], controls: Controls, may: readonly string[]): readonly Ask[] {
  const open = all.filter(({ state }) => state === 'requested')
  const mayDecide =
    (some: readonly ExceptionView[]): Ask['of'] =>
    (account) =>
      allows('administrator', account) &&
      some.some(({ requestedBy }) => requestedBy !== account.id || may.length === 1)
  const shared = { ...exceptionPlace, kind: 'exception-waits', deadline: null, action: askWords.decide }
  if (open.length > listed)
    return [
      {
        ...shared,
        id: 'exceptions/wait',
        title: askWords.manyWait(open.length),
        what: askWords.manyWaitWhat,
        since: Math.min(...open.map(({ requestedAt }) => requestedAt)),
        of: mayDecide(open),
      },
    ]
  return open.map((exception) => ({
    ...shared,
    id: `exception/${exception.id}/waits`,
    title: askWords.waits(titleOf(controls, exception.control)),
    what: aboutSubject(exception),
    since: exception.requestedAt,
    of: mayDecide([exception]),
  }))
}

/** Those in force that end soon; the ones that end first where there are many. */
function ending(all: readonly ExceptionView[], controls: Controls, until: Instant): readonly Ask[] {
  return all
    .filter((exception) => exception.state === 'in-force' && exception.until <= until)
    .sort((a, b) => a.until - b.until)
    .slice(0, listed)
    .map((exception) => ({
      ...exceptionPlace,
      id: `exception/${exception.id}/ends`,
      kind: 'exception-ends',
      title: askWords.ends(titleOf(controls, exception.control)),
      what: aboutSubject(exception),
      since: null,
      deadline: exception.until,
      action: askWords.see,
      of: (account) => allows('administrator', account) || account.id === exception.requestedBy,
    }))
}

function aboutSubject({ subject, reason }: ExceptionView): Ask['what'] {
  const text = `${subject.name}: ${reason}`
  return { nb: text, en: text }
}

function earliestByControl(
  overdue: readonly { readonly test: string; readonly dueAt: Instant }[],
): ReadonlyMap<string, Instant> {
  const earliest = new Map<string, Instant>()
  for (const { test, dueAt } of overdue) {
    const control = controlOf(test)
    earliest.set(control, Math.min(earliest.get(control) ?? dueAt, dueAt))
  }
  return earliest
}
