import { hash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { canonicalJson, type Locale } from '@hevd/core'
import type { StillLog } from '@hevd/ledger'
import type { Tx } from '@hevd/postgres'
import { z } from 'zod'
import type { Engine } from '../../engine.ts'
import { PostureError } from '../../errors.ts'
import { columnsOf } from '../columns.ts'
import { type SignedReport, type TableName, tableNames } from '../contract.ts'
import { csvHead, csvRow } from '../csv.ts'
import { periodNamed } from '../keeping.ts'
import { hashedLine, reportOf, tabledOf } from '../report.ts'
import { rowViews } from '../rows.ts'
import { sampleOf } from '../sample.ts'
import { drawnSamples, type PeriodRow, signedText } from '../store.ts'
import { allRowsOf, type Tabled } from '../tables.ts'
import { Archive } from './archive.ts'
import { batchesOfDeviations, batchTrees, inputsBy, pathOf, versionsOfSample } from './evidence.ts'
import { readmes } from './readme.ts'

/** Form of the bundle; `hevd verify` knows it (apps/cli/src/bundle). */
export const bundleForm = 'hevd-bundle/1'

export type Bundle = { readonly file: FileHandle; readonly size: number; readonly name: string }

/** Reads one moment of the database. */
type Read = <T>(organisation: string, run: (tx: Tx) => Promise<T>) => Promise<T>

/**
 * Makes the bundle of a period: report, tables, samples with evidence, a manifest whose digest an entry of the internal log
 * keeps, and the entries with their proofs to one checkpoint. Whoever gets it reads and closes the file.
 */
export async function makeBundle(
  engine: Engine,
  read: Read,
  organisation: string,
  id: string,
  { by, locale }: { readonly by: string; readonly locale: Locale },
): Promise<Bundle> {
  const archive = await Archive.open()
  try {
    await engine.ledger.settle(organisation)
    const told = await read(organisation, (tx) => tellPeriod(engine, tx, organisation, id, locale, archive))
    const before = stillOf(engine, organisation)
    const entries = await entriesOf(before, told)
    const manifest = canonicalJson({
      form: bundleForm,
      period: id,
      madeAt: engine.clock.now(),
      signed: told.period.digest,
      files: archive.listed,
      entries: entries.map(({ index }) => index),
      batches: [...told.batches].sort(),
    })
    await archive.add('manifest.json', [manifest])
    await engine.db.transaction(organisation, (tx) =>
      engine.ledger.record(tx, organisation, 'period-bundled', {
        period: id,
        by,
        manifest: hash('sha256', manifest),
      }),
    )
    await engine.ledger.settle(organisation)
    const log = stillOf(engine, organisation)
    const indexes = [...entries.map(({ index }) => index), ...(await bundledSince(log, before.size))]
    await archive.add('log/entries.jsonl', provenLines(log, indexes))
    await archive.add('log/checkpoint.txt', [await log.checkpoint()])
    await archive.add('log/key.txt', [`${log.verifierKey}\n`])
    const { first_day, last_day } = told.period
    return { ...(await archive.close()), name: `hevd-${first_day}-${last_day}.zip` }
  } catch (error) {
    await archive.discard()
    throw error
  }
}

function stillOf({ ledger }: Engine, organisation: string): StillLog {
  const log = ledger.still(organisation, 'internal')
  if (log === null) throw new PostureError('not-in-period')
  return log
}

/** What the log has to prove of a period. */
type Told = { readonly period: PeriodRow; readonly batches: ReadonlySet<string> }

async function tellPeriod(
  engine: Engine,
  tx: Tx,
  organisation: string,
  id: string,
  locale: Locale,
  archive: Archive,
): Promise<Told> {
  const period = await periodNamed(tx, organisation, id)
  const tabled = await tabledOf(engine, tx, organisation, period)
  for (const [name, text] of Object.entries(readmes)) await archive.add(name, [text])
  const tables: SignedReport['tables'] = []
  for (const name of tableNames) {
    const counted = { name, rows: 0 }
    const digest = await archive.add(`tables/${name}.jsonl`, linesOf(tx, name, tabled, counted))
    tables.push({ ...counted, digest })
    await archive.add(`tables/${name}.csv`, csvOf(engine, tx, organisation, name, tabled, locale))
  }
  const report =
    (await signedText(tx, organisation, id)) ??
    canonicalJson({ ...(await reportOf(engine, tx, organisation, period)), tables })
  await archive.add('report.json', [report])
  const sampled = await tellSamples(engine, tx, organisation, period, archive)
  return { period, batches: new Set([...(await batchesOfDeviations(tx, tabled)), ...sampled]) }
}

async function* linesOf(
  tx: Tx,
  name: TableName,
  tabled: Tabled,
  counted: { rows: number },
): AsyncGenerator<string> {
  for await (const part of allRowsOf(tx, name, tabled)) {
    counted.rows += part.length
    yield part.map(hashedLine).join('')
  }
}

async function* csvOf(
  engine: Engine,
  tx: Tx,
  organisation: string,
  name: TableName,
  tabled: Tabled,
  locale: Locale,
): AsyncGenerator<string> {
  const columns = columnsOf[name]
  yield csvHead(columns, locale)
  for await (const part of allRowsOf(tx, name, tabled)) {
    const views = await rowViews(engine, tx, organisation, part)
    yield views.map((row) => csvRow(columns, row, locale)).join('')
  }
}

/** Each sample that was drawn, as a file; gives the batches that its versions are of. */
async function tellSamples(
  engine: Engine,
  tx: Tx,
  organisation: string,
  period: PeriodRow,
  archive: Archive,
): Promise<ReadonlySet<string>> {
  const batches = new Set<string>()
  const drawn = await drawnSamples(tx, organisation, period.id)
  for (const [at, { by, at: drawnAt, ...query }] of drawn.entries()) {
    if (!engine.catalogue.tests.has(query.test)) continue
    const sample = await sampleOf(engine, tx, organisation, period, query)
    const asked = await tabledOf(engine, tx, organisation, period, { test: query.test })
    const versions = await versionsOfSample(tx, asked, sample)
    const trees = await batchTrees(tx, organisation, [...new Set(versions.map(({ batch }) => batch))])
    const proofs = new Map(trees.map((tree) => [tree.batch, tree.leaves]))
    for (const { batch } of versions) batches.add(batch)
    const inputs = await inputsBy(tx, organisation, [...new Set(versions.map(({ inputs }) => inputs))])
    const subjects = sample.subjects.map(({ id, rank, occurrences }) => ({ id, rank, occurrences }))
    const proven = versions.map((version) => {
      const leaves = proofs.get(version.batch) ?? []
      const index = leaves.findIndex(
        ({ test, subject }) => test === query.test && subject === version.subject,
      )
      const hashes = leaves.map((leaf) => leaf.hash)
      const path = index < 0 ? [] : pathOf(index, hashes).map((one) => Buffer.from(one).toString('base64'))
      return { ...version, leaf: { index, size: leaves.length, path } }
    })
    const told = { ...query, by, drawnAt, of: sample.of, subjects, versions: proven, inputs }
    await archive.add(`samples/${String(at + 1).padStart(3, '0')}.json`, [canonicalJson(told)])
  }
  return batches
}

const kinds = [
  'judged',
  'policy-adopted',
  'policy-amended',
  'tests-activated',
  'exception-approved',
  'exception-withdrawn',
  'period-made',
  'period-answered',
  'period-signed',
  'sample-drawn',
]
const leafForm = z.object({
  kind: z.string(),
  at: z.number(),
  period: z.string().optional(),
  batch: z.string().optional(),
})

/** Which entries of the log belong to a period: those about it, its batches, and what was in force. */
async function entriesOf(log: StillLog, { period, batches }: Told): Promise<{ index: number }[]> {
  const found: { index: number }[] = []
  for await (const rows of log.entries(kinds))
    for (const { index, data } of rows) {
      const { kind, at, period: about, batch } = leafForm.parse(JSON.parse(data.toString()))
      if (
        kind === 'judged'
          ? batch !== undefined && batches.has(batch)
          : about === undefined
            ? at < period.until_at
            : about === period.id
      )
        found.push({ index })
    }
  return found
}

/** The entry of this bundle: the last of its kind since the log was `size` long. */
async function bundledSince(log: StillLog, size: number): Promise<number[]> {
  const found: number[] = []
  for await (const rows of log.entries(['period-bundled']))
    found.push(...rows.map(({ index }) => index).filter((index) => index >= size))
  return found
}

const provenAtOnce = 500

async function* provenLines(log: StillLog, indexes: readonly number[]): AsyncGenerator<string> {
  for (let from = 0; from < indexes.length; from += provenAtOnce) {
    const proven = await log.prove(indexes.slice(from, from + provenAtOnce))
    yield proven.map((entry) => `${canonicalJson(entry)}\n`).join('')
  }
}
