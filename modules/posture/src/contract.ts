import {
  bilingual,
  instant,
  pageOf,
  paging,
  policyState,
  reasonView,
  state,
  tally,
  verdict,
} from '@hevd/http'
import { z } from 'zod'

export * from './period/contract.ts'

/** One promise, as it stands at `at`. */
export const controlSummary = z.object({
  id: z.string(),
  section: z.string(),
  title: bilingual,
  statement: bilingual,
  how: bilingual,
  state: policyState,
  /** Null when nothing speaks against it and nothing is missing. */
  why: reasonView.nullable(),
  /** When this state began. */
  since: instant,
  /** Until when it may be believed without another look; null when no time is set. */
  until: instant.nullable(),
  counts: tally,
  /** What to do next; null when there is nothing. */
  next: bilingual.nullable(),
  attested: z.boolean(),
  /** False while no test looks at it. */
  proven: z.boolean(),
  /** Why it does not apply; `overdue`: that was to be looked at again, so it applies until somebody has. Null where it applies. */
  notApplicable: z.object({ reason: z.string(), reviewBy: instant, overdue: z.boolean() }).nullable(),
})
export type ControlSummary = z.infer<typeof controlSummary>

/** `GET /api/policy`: the whole policy in its order. */
export const policyView = z.object({
  at: instant,
  /** Controls by state. */
  counts: z.object({
    holds: z.int(),
    fails: z.int(),
    unknown: z.int(),
    excepted: z.int(),
    'not-applicable': z.int(),
  }),
  /** Set while judging is stopped, with why (the clock rule). */
  halted: reasonView.nullable(),
  sections: z.array(
    z.object({ id: z.string(), title: bilingual, state: policyState, controls: z.array(controlSummary) }),
  ),
})
export type PolicyView = z.infer<typeof policyView>

/** `POST /api/judging/clock`: an administrator says that the database's clock, which jumped by so many seconds, is right. */
export const acceptingClock = z.object({ seconds: z.int() })

export const populationView = z.object({
  title: bilingual,
  source: bilingual,
  reconciledWith: bilingual.nullable(),
  noneIsFine: z.boolean(),
  count: z.int(),
})

/** `GET /api/controls/:id`. */
export const controlDetail = controlSummary.extend({
  parameters: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      value: z.unknown(),
      options: z.array(z.string()).nullable(),
      title: bilingual,
      help: bilingual,
    }),
  ),
  references: z.record(z.string(), z.array(z.string())),
  policyDigest: z.string(),
  testsDigest: z.string(),
  approvedAt: instant.nullable(),
  /** An account's id, `catalogue`, or null. */
  approvedBy: z.string().nullable(),
  /** Approved by the one who wrote it, being the only administrator. */
  singleApprover: z.boolean(),
  tests: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['check', 'obligation', 'procedure']),
      population: populationView,
      state,
      counts: tally,
    }),
  ),
  /** State over the last year, oldest first, without gaps; `until` null is now. */
  history: z.array(z.object({ from: instant, until: instant.nullable(), state: policyState })),
})
export type ControlDetail = z.infer<typeof controlDetail>

/** One subject under one test, with time and silence applied. */
export const findingView = z.object({
  control: z.string(),
  controlTitle: bilingual,
  test: z.string(),
  subject: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  verdict,
  state,
  why: reasonView.nullable(),
  since: instant,
  failingSince: instant.nullable(),
  until: instant.nullable(),
  /** Set where a failure stands although its source is silent: when it was last seen. */
  lastSeen: instant.nullable(),
  /** Set where it has begun to fail again and again; `heldSince`: seen to hold, not yet for long enough to be believed. */
  flapping: z
    .object({ times: z.int(), since: instant, heldSince: instant.nullable(), believedAt: instant.nullable() })
    .nullable(),
  exception: z.object({ id: z.string(), until: instant }).nullable(),
})
export type FindingView = z.infer<typeof findingView>
export const findingPage = pageOf(findingView)

/** `GET /api/findings`: worst first, then by subject; those of a control that does not apply only where it is asked for. */
export const findingQuery = paging.extend({
  control: z.string().optional(),
  test: z.string().optional(),
  kind: z.string().optional(),
  state: state.optional(),
  /** Part of the subject's name or id, without regard to case. */
  q: z.string().trim().max(200).optional(),
})
export type FindingQuery = z.infer<typeof findingQuery>

/** `GET /api/subject?kind&id`: every control that speaks of one subject. */
export const subjectView = z.object({
  subject: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  state,
  findings: z.array(findingView),
})
export type SubjectView = z.infer<typeof subjectView>

const lookupView = z.object({
  type: z.string(),
  by: z.string(),
  value: z.string(),
  facts: z.array(
    z.object({
      feed: z.string(),
      /** What the feed is called; null for one that is no more. */
      source: bilingual.nullable(),
      observedAt: instant,
      recordedAt: instant,
      value: z.unknown(),
    }),
  ),
  unseen: z.array(reasonView),
})
export type LookupView = z.infer<typeof lookupView>

/** `GET /api/evidence?test&subject`: what one finding was judged from, and how it stood before. */
export const evidence = z.object({
  finding: findingView,
  judgedAt: instant,
  policyDigest: z.string(),
  testsDigest: z.string(),
  inputsDigest: z.string(),
  lookups: z.array(lookupView),
  history: z.array(
    z.object({ verdict, why: reasonView.nullable(), from: instant, until: instant.nullable() }),
  ),
})
export type Evidence = z.infer<typeof evidence>

/** The question of a replay; `at` lies between 1970 and the last moment that a date can name (ECMA-262, 21.4.1.1). */
export const replayQuery = z.object({
  test: z.string(),
  subject: z.string(),
  at: z.coerce.number().int().min(0).max(8.64e15),
})

/** `GET /api/replay?test&subject&at`: the version in force at `at`, judged once more from its stored inputs. */
export const replayView = z.object({
  from: instant,
  until: instant.nullable(),
  /** The moment as of which it is judged again. */
  judgedAt: instant,
  policyDigest: z.string(),
  testsDigest: z.string(),
  inputsDigest: z.string(),
  lookups: z.array(lookupView),
  said: z.object({ verdict, why: reasonView.nullable() }),
  /** Null where the test is no more, or now asks for what was not read then. */
  again: z
    .object({ verdict: z.union([verdict, z.literal('outside')]), why: reasonView.nullable() })
    .nullable(),
  /** Whether it says now what it said then. */
  same: z.boolean(),
  /** Whether the tests have changed since. */
  otherTests: z.boolean(),
})
export type ReplayView = z.infer<typeof replayView>

/** Asking for an exception: `subject` is the subject's id. */
export const exceptionRequest = z.object({
  test: z.string(),
  subject: z.string(),
  reason: z.string().trim().min(10).max(2000),
  until: instant,
})
/** `POST /api/exceptions/trial`: an exception as it would be asked for, before there is a reason for it. */
export const exceptionTrying = exceptionRequest.omit({ reason: true })
/** What that exception would do if it were in force now; nothing is written. */
export const exceptionTrial = z.object({
  control: z.string(),
  title: bilingual,
  /** What it would cover; null where the test says nothing of the subject. */
  finding: findingView.nullable(),
  /** Whether it would cover it, and why not where not. */
  covers: z.boolean(),
  because: bilingual.nullable(),
  /** How the control stands, and would stand. */
  before: policyState,
  after: policyState,
  /** Failures of the control that nobody has accepted, now and then. */
  open: z.object({ before: z.int(), after: z.int() }),
  until: instant,
})
export type ExceptionTrial = z.infer<typeof exceptionTrial>

export const exceptionView = z.object({
  id: z.string(),
  control: z.string(),
  test: z.string(),
  subject: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  reason: z.string(),
  covers: reasonView,
  until: instant,
  requestedBy: z.string(),
  requestedAt: instant,
  approvedBy: z.string().nullable(),
  /** Approved by the one who asked, in an organisation with a single administrator. */
  singleApprover: z.boolean(),
  state: z.enum(['requested', 'in-force', 'ended', 'withdrawn']),
})
export type ExceptionView = z.infer<typeof exceptionView>
