import { createHash, hash } from 'node:crypto'
import { canonicalJson, sampledText } from '@hevd/core'
import {
  type Checkpoint,
  fromBase64,
  leafHash,
  openCheckpoint,
  parseVerifierKey,
  TlogError,
  verifyInclusion,
} from '@hevd/tlog'
import type { z } from 'zod'
import { Archive } from './archive.ts'
import * as contents from './contents.ts'
import { BundleError } from './errors.ts'

/** What a bundle was found to prove. */
export type BundleProven = {
  readonly period: string
  readonly madeAt: number
  /** The log's verifier key: the one that was given, or the bundle's own. */
  readonly key: string
  readonly origin: string
  readonly size: number
  readonly witnesses: readonly string[]
  readonly entries: number
  readonly files: number
  /** Whether the report is one that was signed. */
  readonly signed: boolean
  readonly tables: number
  readonly rows: number
  readonly samples: number
  readonly versions: number
  /** Versions whose evidence is not kept any more. */
  readonly withoutInputs: number
}

export type BundleAsked = {
  readonly path: string
  /** Verifier key known from elsewhere; null trusts the bundle's own. */
  readonly key: string | null
  readonly witnessKeys: readonly string[]
}

/** Verifies a bundle, by itself and without network. Throws BundleError for the first thing that is wrong. */
export async function verifyBundle(asked: BundleAsked): Promise<BundleProven> {
  const archive = await Archive.open(asked.path)
  try {
    const log = await verifiedCheckpoint(archive, asked)
    const entries = await verifiedEntries(archive, log.checkpoint)
    const manifest = await loggedManifest(archive, entries)
    expectEntries(manifest, entries)
    await expectFiles(archive, manifest)
    const signed = await expectSigned(archive, manifest, entries)
    const tables = await expectTables(archive)
    const samples = await expectSamples(archive, entries)
    return {
      period: manifest.period,
      madeAt: manifest.madeAt,
      key: log.key,
      origin: log.checkpoint.origin,
      size: log.checkpoint.size,
      witnesses: log.witnesses,
      entries: entries.size,
      files: manifest.files.length,
      signed,
      ...tables,
      ...samples,
    }
  } finally {
    await archive.close()
  }
}

/** The checkpoint, signed by the key that was given, or by the bundle's own where none was. */
async function verifiedCheckpoint(archive: Archive, { key, witnessKeys }: BundleAsked) {
  const own = (await archive.text('log/key.txt')).trim()
  if (key !== null && key !== own) throw new BundleError('other-key', own)
  const note = await archive.text('log/checkpoint.txt')
  try {
    const verifier = await parseVerifierKey(own)
    const others = await Promise.all(witnessKeys.map(parseVerifierKey))
    const opened = await openCheckpoint(note, { origin: verifier.name, keys: [verifier], others })
    const witnesses = opened.note.signers
      .map((signer) => signer.key.name)
      .filter((name) => name !== verifier.name)
    return { key: own, checkpoint: opened.checkpoint, witnesses }
  } catch (error) {
    if (error instanceof TlogError) throw new BundleError('checkpoint-wrong', error.message)
    throw error
  }
}

type Entries = ReadonlyMap<number, z.infer<typeof contents.entryBody>>

/** Every entry of the bundle, each proven to be in the checkpoint's tree. */
async function verifiedEntries(archive: Archive, { size, root }: Checkpoint): Promise<Entries> {
  const name = 'log/entries.jsonl'
  const entries = new Map<number, z.infer<typeof contents.entryBody>>()
  for await (const line of archive.lines(name)) {
    const { index, leaf, path } = read(contents.provenEntry, line, name)
    const data = bytesOf(leaf, name)
    const claim = { index, size, leafHash: leafHash(data), path: path.map((one) => bytesOf(one, name)), root }
    await proven(claim, 'entry-not-proven', String(index))
    entries.set(index, read(contents.entryBody, Buffer.from(data).toString(), name))
  }
  return entries
}

/** The manifest whose digest an entry has. */
async function loggedManifest(archive: Archive, entries: Entries): Promise<contents.Manifest> {
  const text = await archive.text('manifest.json')
  const manifest = read(contents.manifest, text, 'manifest.json')
  const digest = hash('sha256', text)
  const logged = [...entries.values()].some(
    (entry) =>
      entry.kind === 'period-bundled' && entry.period === manifest.period && entry.manifest === digest,
  )
  if (!logged) throw new BundleError('manifest-not-logged', 'manifest.json')
  return manifest
}

/** No entry that the manifest names was left out, and every batch has its own. */
function expectEntries(manifest: contents.Manifest, entries: Entries): void {
  const missing = manifest.entries.find((index) => !entries.has(index))
  if (missing !== undefined) throw new BundleError('entry-missing', String(missing))
  const batches = new Set(
    [...entries.values()].map(({ kind, batch }) => (kind === 'judged' ? batch : undefined)),
  )
  const unjudged = manifest.batches.find((batch) => !batches.has(batch))
  if (unjudged !== undefined) throw new BundleError('entry-missing', `judged ${unjudged}`)
}

/** Every file is as the manifest has it, and there is none beside them. */
async function expectFiles(archive: Archive, { files }: contents.Manifest): Promise<void> {
  for (const { name, bytes, sha256 } of files) {
    const sum = createHash('sha256')
    let length = 0
    for await (const part of archive.read(name)) {
      sum.update(part)
      length += part.length
    }
    if (sum.digest('hex') !== sha256 || length !== bytes) throw new BundleError('file-changed', name)
  }
  const known = new Set(['manifest.json', ...logFiles, ...files.map(({ name }) => name)])
  const beside = archive.names.find((name) => !known.has(name))
  if (beside !== undefined) throw new BundleError('name-not-allowed', beside)
}

const logFiles = ['log/entries.jsonl', 'log/checkpoint.txt', 'log/key.txt']

/** Where the period was signed, the report is the one whose digest was. */
async function expectSigned(
  archive: Archive,
  { period, signed }: contents.Manifest,
  entries: Entries,
): Promise<boolean> {
  const signings = [...entries.values()].filter(
    (entry) => entry.kind === 'period-signed' && entry.period === period,
  )
  if (signed === null && signings.length === 0) return false
  const digest = hash('sha256', await archive.text('report.json'))
  if (digest !== signed || !signings.some((entry) => entry.digest === digest))
    throw new BundleError('report-not-signed', 'report.json')
  return true
}

/** The lists are those that the report has digests of. */
async function expectTables(archive: Archive): Promise<{ tables: number; rows: number }> {
  const { tables } = read(contents.report, await archive.text('report.json'), 'report.json')
  let all = 0
  for (const { name, rows, digest } of tables) {
    const file = `tables/${name}.jsonl`
    const sum = createHash('sha256')
    let count = 0
    for await (const line of archive.lines(file)) {
      sum.update(`${line}\n`)
      count += 1
    }
    if (sum.digest('hex') !== digest || count !== rows) throw new BundleError('table-differs', file)
    all += count
  }
  return { tables: tables.length, rows: all }
}

/** What was drawn is what the seed gives, every version is in its batch's tree, and its evidence is what its digest is of. */
async function expectSamples(
  archive: Archive,
  entries: Entries,
): Promise<{ samples: number; versions: number; withoutInputs: number }> {
  const roots = new Map([...entries.values()].map(({ batch, root }) => [batch, root] as const))
  const names = archive.names.filter((name) => name.startsWith('samples/'))
  let versions = 0
  let withoutInputs = 0
  for (const name of names) {
    const sample = read(contents.sample, await archive.text(name), name)
    expectDrawn(sample, name)
    for (const [digest, content] of Object.entries(sample.inputs))
      if (hash('sha256', canonicalJson(content)) !== digest) throw new BundleError('inputs-differ', digest)
    for (const version of sample.versions) {
      await expectInBatch(sample.test, version, roots.get(version.batch) ?? '')
      if (sample.inputs[version.inputs] === undefined) withoutInputs += 1
    }
    versions += sample.versions.length
  }
  return { samples: names.length, versions, withoutInputs }
}

type Sample = z.infer<typeof contents.sample>

function expectDrawn({ seed, subjects }: Sample, name: string): void {
  const ranks = subjects.map(({ id }) => hash('sha256', sampledText(seed, id)))
  const inOrder = subjects.every(
    ({ rank }, at) => rank === ranks[at] && (at === 0 || (ranks[at - 1] ?? '') < rank),
  )
  if (!inOrder) throw new BundleError('sample-not-drawn', name)
}

async function expectInBatch(test: string, version: Sample['versions'][number], root: string): Promise<void> {
  const { subject, verdict, why, since, salt, leaf } = version
  const data = ['hevd-finding/1', salt, test, verdict, since, why ?? '', subject].join('\n')
  const claim = {
    index: leaf.index,
    size: leaf.size,
    leafHash: leafHash(Buffer.from(data)),
    path: leaf.path.map((one) => bytesOf(one, subject)),
    root: Buffer.from(root, 'hex'),
  }
  await proven(claim, 'finding-not-in-batch', `${test} ${subject}`)
}

async function proven(
  claim: Parameters<typeof verifyInclusion>[0],
  code: 'entry-not-proven' | 'finding-not-in-batch',
  what: string,
): Promise<void> {
  try {
    await verifyInclusion(claim)
  } catch (error) {
    if (error instanceof TlogError) throw new BundleError(code, what)
    throw error
  }
}

function read<Shape extends z.ZodType>(shape: Shape, text: string, name: string): z.infer<Shape> {
  try {
    return shape.parse(JSON.parse(text))
  } catch {
    throw new BundleError('file-unreadable', name)
  }
}

function bytesOf(text: string, name: string): Uint8Array {
  try {
    return fromBase64(text)
  } catch (error) {
    if (error instanceof TlogError) throw new BundleError('file-unreadable', name)
    throw error
  }
}
