import { bilingual, instant, policyState, reasonView, state } from '@hevd/http'
import { z } from 'zod'

/** The words of a promise, in both languages. */
export const promiseWords = z.object({ title: bilingual, statement: bilingual, how: bilingual })
export type PromiseWords = z.infer<typeof promiseWords>

/** Values by parameter name, as `control.yaml` types them (durations in ISO 8601). */
export const parameterValues = z.record(z.string(), z.unknown())

/** Why a promise does not apply, and when somebody must look at that again. */
export const notApplicable = z.object({ reason: z.string().trim().min(10).max(2000), reviewBy: instant })
export type NotApplicable = z.infer<typeof notApplicable>

/** A promise as it is in force, or as a draft would have it. */
export const promiseText = promiseWords.extend({
  parameters: parameterValues,
  /** Null where the promise applies. */
  notApplicable: notApplicable.nullable(),
})
export type PromiseText = z.infer<typeof promiseText>

/**
 * One control of a draft. Members that are left out stay as they are in force; a change that ends up equal to what is in
 * force is dropped. `sameMeaning` says that a wording was changed in one language and the other still says the same.
 */
export const controlChange = z.object({
  title: bilingual.optional(),
  statement: bilingual.optional(),
  how: bilingual.optional(),
  parameters: parameterValues.optional(),
  notApplicable: notApplicable.nullable().optional(),
  sameMeaning: z.boolean().optional(),
})
export type ControlChange = z.infer<typeof controlChange>

export const draftState = z.enum(['open', 'submitted', 'published', 'rejected', 'withdrawn'])
export const draftSource = z.enum(['person', 'catalogue', 'file', 'reading'])

/** What stands between two wordings, word by word, in order. */
export const wordsDifference = z.array(
  z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() }),
)
export type WordsDifference = z.infer<typeof wordsDifference>

export const fieldDifference = z.discriminatedUnion('field', [
  z.object({
    field: z.enum(['title', 'statement', 'how']),
    nb: wordsDifference,
    en: wordsDifference,
  }),
  z.object({
    field: z.literal('parameter'),
    name: z.string(),
    title: bilingual,
    type: z.string(),
    before: z.unknown(),
    after: z.unknown(),
  }),
  z.object({
    field: z.literal('applicability'),
    before: notApplicable.nullable(),
    after: notApplicable.nullable(),
  }),
])
export type FieldDifference = z.infer<typeof fieldDifference>

/** One control of a draft with what it changes. */
export const draftControl = z.object({
  control: z.string(),
  title: bilingual,
  change: controlChange,
  inForce: promiseText,
  differences: z.array(fieldDifference),
  /** What keeps the draft from being submitted, such as a wording changed in one language alone. */
  faults: z.array(z.object({ field: z.string(), words: bilingual })),
  /**
   * Set where another approval has changed the control since this draft took it up: the words it was begun from. The
   * draft must be brought up to date, or the change dropped, before it can be submitted.
   */
  overtaken: promiseText.nullable(),
  /**
   * What a newer catalogue says beside what the organisation has made of it, where `source` is `catalogue`: the shipped
   * text the organisation's own was made from, and the newer one.
   */
  catalogue: z.object({ before: promiseText.nullable(), after: promiseText }).nullable(),
})
export type DraftControl = z.infer<typeof draftControl>

export const draftSummary = z.object({
  id: z.uuid(),
  title: z.string(),
  source: draftSource,
  state: draftState,
  controls: z.array(z.string()),
  /** Account ids; null for the catalogue's own. */
  madeBy: z.string().nullable(),
  madeAt: instant,
  /** Everyone who has changed it: none of them may approve it, but for a single administrator. */
  editors: z.array(z.string()),
  submittedBy: z.string().nullable(),
  submittedAt: instant.nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
  /** Approved by the one who wrote it, being the only administrator. */
  single: z.boolean(),
  /** Why it was rejected. */
  remark: z.string().nullable(),
})
export type DraftSummary = z.infer<typeof draftSummary>

/** `GET /api/policy/drafts/:id`; `version` grows with every change and must be sent with the next. */
export const draftDetail = draftSummary.extend({
  version: z.int(),
  changes: z.array(draftControl),
  /** Whether the caller may approve it now, and why not where not. */
  mayApprove: z.boolean(),
  mayNotApproveBecause: bilingual.nullable(),
})
export type DraftDetail = z.infer<typeof draftDetail>

/** `POST /api/policy/drafts`. */
export const makingDraft = z.object({
  title: z.string().trim().min(1).max(200),
  /** `reading`: what a person has confirmed of a page that was read (`policyReading`). */
  source: z.enum(['person', 'reading']).default('person'),
  changes: z.record(z.string(), controlChange).default({}),
})

/** `PUT /api/policy/drafts/:id/controls/:control`; a null change takes the control out of the draft. */
export const changingDraft = z.object({ version: z.int(), change: controlChange.nullable() })
/** `POST /api/policy/drafts/:id/{submit,approve,withdraw}`. What was seen is what is decided on. */
export const decidingDraft = z.object({ version: z.int() })
/** `POST /api/policy/drafts/:id/reject`. */
export const rejectingDraft = z.object({ version: z.int(), remark: z.string().trim().min(3).max(2000) })

/** Of a subject; `outside`: the test does not speak of it, for the other parameters. */
export const trialState = z.enum([...state.options, 'outside'])
/** One verdict that would be another. */
export const trialFlip = z.object({
  control: z.string(),
  test: z.string(),
  subject: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  before: z.object({ state: trialState, why: reasonView.nullable() }),
  after: z.object({ state: trialState, why: reasonView.nullable() }),
})
export type TrialFlip = z.infer<typeof trialFlip>

/**
 * `POST /api/policy/drafts/:id/trial`: what would stand now if the draft were in force, judged from what is known, with
 * nothing written. `flips` are the worst first, at most 200; `judged` counts subjects that were judged again.
 */
export const trial = z.object({
  at: instant,
  judged: z.int(),
  /** Set where there was not time for all of it: subjects that were not judged again. */
  left: z.int(),
  controls: z.array(
    z.object({
      control: z.string(),
      title: bilingual,
      before: policyState,
      after: policyState,
      /** Subjects whose state changes, by what they become. */
      becoming: z.object({
        holds: z.int(),
        fails: z.int(),
        unknown: z.int(),
        excepted: z.int(),
        outside: z.int(),
      }),
    }),
  ),
  flips: z.array(trialFlip),
})
export type Trial = z.infer<typeof trial>

/** `GET /api/policy/applicability`, and `/csv` after it in the reader's language: every control of the policy, whether it applies, and by whose word. */
export const applicability = z.array(
  z.object({
    control: z.string(),
    section: z.string(),
    title: bilingual,
    statement: bilingual,
    notApplicable: notApplicable.extend({ overdue: z.boolean() }).nullable(),
    state: policyState,
    since: instant,
    approvedBy: z.string().nullable(),
    approvedAt: instant,
    single: z.boolean(),
    references: z.record(z.string(), z.array(z.string())),
  }),
)
export type Applicability = z.infer<typeof applicability>

/** `GET /api/policy/frameworks`, and `/csv` after it: each framework's identifiers in its order, with the controls that meet them. */
export const frameworks = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    requirements: z.array(z.object({ id: z.string(), controls: z.array(z.string()) })),
  }),
)
export type Frameworks = z.infer<typeof frameworks>

/** `POST /api/policy/drafts/import`: YAML as `GET /api/policy.yaml` gives it. */
export const importingPolicy = z.object({
  title: z.string().trim().min(1).max(200),
  yaml: z.string().max(4_000_000),
})
export const importedDraft = z.object({
  /** Null when the file says nothing new. */
  draft: z.uuid().nullable(),
  /** Places in the file that were not understood; with one, nothing is made. */
  faults: z.array(z.object({ path: z.string(), words: bilingual })),
})

/** `POST /api/policy/readings`: an organisation's own security page, read. Nothing is stored. */
export const readingPolicy = z.object({ fileName: z.string().max(300), base64: z.base64().max(14_000_000) })
/** A sentence and the control it seems to speak of; `control` null where nothing tests it. */
export const readSentence = z.object({
  index: z.int(),
  text: z.string(),
  heading: z.string().nullable(),
  control: z.string().nullable(),
  /** Words of the sentence that decided it. */
  because: z.array(z.string()),
  /** Other controls it might have meant, best first. */
  others: z.array(z.string()),
  parameters: z.array(
    z.object({
      control: z.string(),
      name: z.string(),
      value: z.unknown(),
      words: z.string(),
      inForce: z.unknown(),
    }),
  ),
})
export const policyReading = z.object({
  locale: z.enum(['nb', 'en']),
  sentences: z.array(readSentence),
  /** Controls that no sentence speaks of. */
  unmentioned: z.array(z.string()),
})
export type PolicyReading = z.infer<typeof policyReading>
