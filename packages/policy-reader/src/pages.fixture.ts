import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'

/** What a page's key says of one of its sentences. */
export type Expected = {
  readonly controls: readonly string[]
  readonly either: readonly string[]
  readonly parameters: ReadonlyMap<string, string>
}

/** A page written for the tests, and its key: pieces of sentences, each with what it belongs to. Others belong to nothing. */
export type Page = {
  readonly name: string
  readonly bytes: Uint8Array
  readonly key: ReadonlyMap<string, Expected>
}

const testdata = resolve(import.meta.dirname, '../testdata')
const keyFile = z.record(z.string(), z.array(z.string()))

/** The pages of a folder of `testdata`. Those called `.pdf.html` are printed to PDF by Chromium. */
export function pagesOf(folder: string): Page[] {
  const names = readdirSync(join(testdata, folder)).filter((name) => !name.endsWith('.key.yaml'))
  return names.map((name) => {
    const path = join(testdata, folder, name)
    const key = parse(readFileSync(path.replace(/(\.pdf)?\.\w+$/, '.key.yaml'), 'utf8'))
    const isPrinted = name.endsWith('.pdf.html')
    return {
      name: isPrinted ? name.slice(0, -'.html'.length) : name,
      bytes: isPrinted ? printed(path) : readFileSync(path),
      key: new Map(Object.entries(keyFile.parse(key)).map(([piece, entries]) => [piece, expected(entries)])),
    }
  })
}

/** `control`, `control?` for either way, `control.parameter=value`. */
function expected(entries: readonly string[]): Expected {
  const parameters = entries
    .filter((entry) => entry.includes('='))
    .map((entry) => entry.split('=', 2) as [string, string])
  const controls = entries.filter((entry) => !entry.includes('='))
  return {
    controls: controls.filter((entry) => !entry.endsWith('?')),
    either: controls.filter((entry) => entry.endsWith('?')).map((entry) => entry.slice(0, -1)),
    parameters: new Map(parameters),
  }
}

/** A page as Chromium prints it to PDF. */
export function printed(path: string): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'hevd-print-'))
  const file = join(folder, 'page.pdf')
  const options = [
    '--no-sandbox',
    '--disable-gpu',
    `--user-data-dir=${folder}`,
    '--no-pdf-header-footer',
    `--print-to-pdf=${file}`,
  ]
  execFileSync('chromium-headless-shell', [...options, `file://${path}`], { stdio: 'ignore' })
  const bytes = readFileSync(file)
  rmSync(folder, { recursive: true, force: true })
  return bytes
}
