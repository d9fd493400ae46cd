import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { atEnd } from './at-end.ts'

/** A folder of the running test, with files by relative path; gone when the test ends. */
export function folderWith(
  files: { readonly [path: string]: string } = {},
  mode = 0o644,
): { readonly path: string; at(name: string): string } {
  const path = mkdtempSync(join(tmpdir(), 'hevd-agent-'))
  chmodSync(path, 0o755)
  atEnd(() => rmSync(path, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true })
    writeFileSync(join(path, name), text, { mode })
  }
  return { path, at: (name) => join(path, name) }
}
