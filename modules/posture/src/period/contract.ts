import { bilingual, instant, pageOf, paging, policyState, reasonView } from '@hevd/http'
import { z } from 'zod'

const day = z.iso.date()

/** A period that is made, first and last day included. */
export const newPeriod = z.object({
  title: z.string().trim().min(1).max(120),
  firstDay: day,
  lastDay: day,
})
export type NewPeriod = z.infer<typeof newPeriod>

export const periodView = z.object({
  id: z.string(),
  title: z.string(),
  firstDay: day,
  lastDay: day,
  /** IANA time zone that its days are of. */
  zone: z.string(),
  from: instant,
  /** First instant after it. */
  until: instant,
  madeBy: z.string(),
  madeAt: instant,
  state: z.enum(['running', 'over', 'signed']),
  signing: z
    .object({
      by: z.string(),
      at: instant,
      /** Signed by the one who answered, as the only administrator. */
      single: z.boolean(),
      /** SHA-256, hex, of the report in canonical JSON; stands in the internal log. */
      digest: z.string(),
    })
    .nullable(),
})
export type PeriodView = z.infer<typeof periodView>

/** Milliseconds in each state. `unwatched`: nothing was said of it. */
const shares = z.object({
  holds: z.number(),
  fails: z.number(),
  unknown: z.number(),
  excepted: z.number(),
  unwatched: z.number(),
  /** Only where there was such a time. */
  'not-applicable': z.number().optional(),
})

/** The list that a test speaks of, over the period. `atStart` + `joined` = `ever` = `ended` + `atEnd`. */
export const populationOver = z.object({
  title: bilingual,
  source: bilingual,
  /** How its members are found: `fact type|look-up`, and the condition as the test has it, null for none. */
  query: z.string(),
  where: z.string().nullable(),
  /** Null: not reconciled, so it reads "of those known". */
  reconciledWith: bilingual.nullable(),
  atStart: z.int(),
  joined: z.int(),
  ever: z.int(),
  ended: z.int(),
  atEnd: z.int(),
})

export const occurrenceCounts = z.object({
  met: z.int(),
  late: z.int(),
  missed: z.int(),
  'not-observed': z.int(),
  overdue: z.int(),
  open: z.int(),
})

export const testOver = z.object({
  id: z.string(),
  kind: z.enum(['check', 'obligation', 'procedure']),
  population: populationOver,
  /** Milliseconds of all subjects together, each for as long as it belonged to the population. */
  time: z.object({ holds: z.number(), fails: z.number(), unknown: z.number() }),
  deviations: z.int(),
  /** Stretches in which a subject was not seen. */
  unseen: z.int(),
  occurrences: occurrenceCounts,
})
export type TestOver = z.infer<typeof testOver>

export const controlOver = z.object({
  id: z.string(),
  title: bilingual,
  attested: z.boolean(),
  bands: z.array(z.object({ from: instant, until: instant, state: policyState })),
  shares,
  tests: z.array(testOver),
  /** How many editions of text, parameters and tests were in force. */
  editions: z.int(),
})
export type ControlOver = z.infer<typeof controlOver>

const position = z.object({ size: z.int(), root: z.string() }).nullable()
const positions = z.object({ internal: position, public: position })

/** The report, as it is hashed and signed; times are milliseconds since 1970. */
export const periodReport = z.object({
  period: z.string(),
  salt: z.string(),
  title: z.string(),
  firstDay: day,
  lastDay: day,
  zone: z.string(),
  from: instant,
  until: instant,
  /** Until when it is told: the end, or now while the period runs. */
  through: instant,
  /** Where the two logs stood, by the last checkpoint signed before each end. */
  ledger: z.object({ start: positions, end: positions }),
  controls: z.array(controlOver),
})
export type PeriodReport = z.infer<typeof periodReport>

/** One table behind the report: how many rows, and SHA-256, hex, over the canonical JSON of each with a line feed. */
export const tableDigest = z.object({ name: z.string(), rows: z.int(), digest: z.string() })
export const signedReport = periodReport.extend({ tables: z.array(tableDigest) })
export type SignedReport = z.infer<typeof signedReport>

/** `GET /api/periods/:period`: as signed, or as it is now. */
export const periodDetail = z.object({ period: periodView, report: periodReport })
export type PeriodDetail = z.infer<typeof periodDetail>

/** `GET /api/periods/:period/computed`: the whole report computed now. */
export const computedReport = z.object({
  digest: z.string(),
  /** Whether it is the one that was signed; null where none was. */
  same: z.boolean().nullable(),
  /** What comes out otherwise than it was signed: ids of controls and names of tables. */
  differing: z.array(z.string()),
  /** How many persons were erased since it was signed: their rows have other subjects now, which is told of no other way. */
  erased: z.int(),
})
export type ComputedReport = z.infer<typeof computedReport>

export const tableNames = [
  'population',
  'deviations',
  'unseen',
  'silences',
  'judging',
  'occurrences',
  'editions',
  'exceptions',
  'answers',
] as const
export const tableName = z.enum(tableNames)
export type TableName = z.infer<typeof tableName>

/** What a column holds, so that it can be shown in the reader's form. */
export const cellKind = z.enum([
  'text',
  'subject',
  'test',
  'control',
  'account',
  'source',
  'instant',
  'duration',
  'count',
  'flag',
  'reason',
  'digest',
  'parameters',
])
export type CellKind = z.infer<typeof cellKind>
export const columnView = z.object({ key: z.string(), kind: cellKind, title: bilingual })
export type ColumnView = z.infer<typeof columnView>
export const rowView = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.null(), reasonView]),
)
export type RowView = z.infer<typeof rowView>

/** `GET /api/period-tables`: the columns of each table. */
export const tablesView = z.array(z.object({ name: tableName, columns: z.array(columnView) }))
export type TablesView = z.infer<typeof tablesView>

/** `GET /api/periods/:period/tables/:table`. */
export const tableQuery = paging.extend({ control: z.string().optional(), test: z.string().optional() })
export type TableQuery = z.infer<typeof tableQuery>
export const tablePage = pageOf(rowView)
export type TablePage = z.infer<typeof tablePage>

/**
 * `POST /api/periods/:period/samples` draws subjects of one test's population by SHA-256 of `seed|subject`;
 * `GET /api/periods/:period/sample` reads one that was drawn.
 */
export const sampleQuery = z.object({
  test: z.string(),
  seed: z.string().min(1).max(200),
  size: z.coerce.number().int().min(1).max(200),
})
export type SampleQuery = z.infer<typeof sampleQuery>
/** `GET /api/periods/:period/samples`: what was drawn, oldest first. */
export const drawnSample = z.object({
  test: z.string(),
  seed: z.string(),
  size: z.int(),
  by: z.string(),
  at: instant,
})
export type DrawnSample = z.infer<typeof drawnSample>
export const sampleView = z.object({
  test: z.string(),
  seed: z.string(),
  /** How many it was drawn from. */
  of: z.int(),
  subjects: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      /** SHA-256, hex, that put it here. */
      rank: z.string(),
      /** What was said of it in the period, oldest first; each is replayed by `at`. */
      versions: z.array(
        z.object({
          verdict: z.enum(['holds', 'fails', 'unknown']),
          why: reasonView.nullable(),
          from: instant,
          until: instant.nullable(),
          at: instant,
        }),
      ),
      occurrences: z.array(
        z.object({
          dueAt: instant,
          state: z.string(),
          dischargedAt: instant.nullable(),
          recordedAt: instant.nullable(),
        }),
      ),
    }),
  ),
})
export type SampleView = z.infer<typeof sampleView>

/** Management's answer to a control or to one deviation of it. */
export const newAnswer = z.object({
  control: z.string(),
  deviation: z.object({ test: z.string(), subject: z.string(), from: instant }).nullable(),
  text: z.string().trim().min(10).max(4000),
})
export type NewAnswer = z.infer<typeof newAnswer>

/** Signing names the digest that the signer was shown. */
export const newSigning = z.object({ digest: z.string() })

/** `GET /api/periods/:period/names`: accounts that the period tells of. */
export const periodNames = z.array(z.object({ id: z.string(), name: z.string() }))
