import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Locale } from '@hevd/core'
import { loadCatalogue, loadVocabulary } from '@hevd/policy'
import { ReaderError, readPolicy, refuseLarge } from '@hevd/policy-reader'
import { policyReadReport } from '../policy-read/as-json.ts'
import { policyReadText } from '../policy-read/as-text.ts'
import type { Terminal } from '../terminal.ts'

/**
 * `hevd policy read FILE`: proposes which control each sentence of an existing policy belongs to. Needs no server and
 * changes nothing. Exit code: 0 read. Throws `ReaderError` where the file cannot be read.
 */
export async function policyRead(deps: {
  readonly file: string
  /** The page's language; undefined finds it out. */
  readonly language?: Locale
  readonly json: boolean
  readonly locale: Locale
  readonly terminal: Terminal
}): Promise<number> {
  const { file, language, json, locale, terminal } = deps
  const [catalogue, vocabulary, bytes] = await Promise.all([loadCatalogue(), loadVocabulary(), bytesOf(file)])
  const read = readPolicy({ name: basename(file), bytes }, vocabulary, language ?? null)
  if (json) terminal.write(JSON.stringify(policyReadReport(read, catalogue)))
  else for (const line of policyReadText(read, catalogue, locale, terminal)) terminal.write(line)
  return 0
}

/** The bytes of a file, whose size is looked at before it is read. */
async function bytesOf(file: string): Promise<Uint8Array> {
  const found = await stat(file).catch(() => null)
  if (found === null || !found.isFile()) throw new ReaderError('no-file', { name: file })
  refuseLarge(basename(file), found.size)
  try {
    return await readFile(file)
  } catch {
    throw new ReaderError('no-file', { name: file })
  }
}
