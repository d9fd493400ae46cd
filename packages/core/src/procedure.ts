import { replay } from './advance.ts'
import {
  alternatives,
  type Case,
  type CaseEvent,
  type Opening,
  openSince,
  openSteps,
  type Rules,
} from './case.ts'
import { judgeCase, judgeStep, type View } from './case-judge.ts'
import type { Reading } from './fact.ts'
import type { InForce, ParametersOf, ParameterTypes } from './parameters.ts'
import type { Population } from './population.ts'
import type { Guard, Step } from './step.ts'
import type { Judged, Test } from './test.ts'
import type { Duration, Moment } from './time.ts'
import type { Told } from './told.ts'
import { after, endOf } from './when.ts'

/** A procedure: steps with guards, evidence and deadlines. A running one is a case; `of` says which there are. */
export type ProcedureDeclaration<Subject, P extends ParameterTypes> = Omit<Rules, 'steps'> & {
  readonly of: Population<Subject>
  readonly parameters?: P
  /** Who opened the case, and when. */
  opened(subject: Subject): Opening
  readonly events: Told<Subject, CaseEvent>
  /** The subject itself says that the matter is over, such as a device that is gone; its case must then be finished. */
  isOver?(subject: Subject): boolean
  readonly steps: readonly Step[]
}

/** What is done by it ({@link Rules}), and what it proves. */
export type Procedure = Rules & {
  readonly id: string
  /** Judges cases as a whole; its id is the procedure's. */
  readonly test: Test
  /** Judges one step of every case, or one that stands in for it; its id is the step's. Throws RangeError on none. */
  proves(step: string): Test
}

/** Declares a procedure. */
export function procedure<Subject, const P extends ParameterTypes = Record<never, never>>(
  id: string,
  declaration: ProcedureDeclaration<Subject, P>,
): Procedure {
  const { steps, cancel, never } = declaration
  const rules: Rules = {
    steps,
    ...(cancel === undefined ? {} : { cancel }),
    ...(never === undefined ? {} : { never }),
  }
  sound(id, rules, declaration.parameters ?? {})
  const test = (of: string, judge: (view: View) => Judged): Test => ({
    id: of,
    kind: 'procedure',
    population: declaration.of,
    parameters: declaration.parameters ?? {},
    stages: [{ lookups: (subject: Subject) => ({ events: declaration.events.lookups(subject) }) }],
    judge: (
      subject: Subject,
      { events }: { readonly events: Reading },
      { values }: InForce<ParametersOf<P>>,
      moment: Moment,
    ) => judge(viewOf(declaration, rules, subject, events, values, moment)),
  })
  return {
    ...rules,
    id,
    test: test(id, judgeCase),
    proves(name) {
      const place = steps.find((step) => alternatives(step).some((one) => one.id === name))
      if (place === undefined) throw new RangeError(`Procedure ${id} has no step ${name}`)
      return test(name, (view) => judgeStep(view, place, name))
    },
  }
}

function viewOf<Subject, P extends ParameterTypes>(
  declaration: ProcedureDeclaration<Subject, P>,
  rules: Rules,
  subject: Subject,
  reading: Reading,
  values: { readonly [name: string]: unknown },
  moment: Moment,
): View {
  const { zone } = moment
  const deadlines = Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, Duration] => typeof entry[1] === 'string'),
  )
  const heard = declaration.events
    .heard(subject, reading)
    .filter(({ means }) => moment.passed(means.at))
    .sort((a, b) => a.means.at - b.means.at)
  const current: Case = { opened: declaration.opened(subject), events: heard.map(({ means }) => means) }
  const { standing, refused } = replay(rules, current, zone)
  return {
    standing,
    refused,
    open: openSteps(rules, standing, deadlines, zone),
    steps: rules.steps,
    missing: reading.unseen,
    isOver: declaration.isOver?.(subject) ?? false,
    dueAt: (step, since) => {
      const within = step.within === null ? undefined : deadlines[step.within]
      return within === undefined ? null : endOf(after(since, within, zone), zone)
    },
    since: (step) => openSince(rules, step, standing),
    heardAt: new Map(
      heard.flatMap(({ means, recordedAt }) =>
        means.kind === 'step' ? [[means.step, recordedAt] as const] : [],
      ),
    ),
    moment,
  }
}

/** A declaration that could not work is a fault of the program, found when it is loaded. */
function sound(id: string, { steps, cancel }: Rules, parameters: ParameterTypes): void {
  const all = steps.flatMap(alternatives)
  const known = new Set(all.map((step) => step.id))
  if (known.size !== all.length) throw new RangeError(`Procedure ${id} has two steps of one id`)
  const named = all.flatMap((step) => [...(step.after ?? []), ...step.guards.flatMap(stepsOf)])
  const unknown = [...named, ...(cancel?.until ? [cancel.until] : [])].find(
    (name) => name !== 'opened' && !known.has(name),
  )
  if (unknown !== undefined) throw new RangeError(`Procedure ${id} has no step ${unknown}`)
  const untimed = all.find(({ within }) => within !== null && parameters[within]?.type !== 'duration')
  if (untimed !== undefined)
    throw new RangeError(`Procedure ${id} has no duration ${untimed.within} for step ${untimed.id}`)
}

function stepsOf(guard: Guard): readonly string[] {
  return guard.kind === 'other-than' ? guard.steps : [guard.step]
}
