import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

/** A file of the repository, with its path from the root. */
export type Source = { readonly path: string; readonly text: string }

/** What breaks a rule, and where. */
export type Fault = { readonly path: string; readonly line: number; readonly what: string }

export const root = resolve(import.meta.dirname, '..')

/** Every file that git tracks or would track, whose name ends in one of `endings`. */
export function sources(...endings: readonly string[]): Source[] {
  const listed = spawnSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  return [...new Set(listed.stdout.split('\n'))]
    .filter((path) => endings.some((ending) => path.endsWith(ending)))
    .flatMap((path) => {
      try {
        return [{ path, text: readFileSync(resolve(root, path), 'utf8') }]
      } catch {
        return []
      }
    })
}

/** Every line of `source` that matches, as a fault. */
export function linesThat(source: Source, pattern: RegExp, what: string): Fault[] {
  return source.text
    .split('\n')
    .flatMap((line, index) => (pattern.test(line) ? [{ path: source.path, line: index + 1, what }] : []))
}
