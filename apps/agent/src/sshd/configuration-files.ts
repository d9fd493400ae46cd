import { matchesGlob } from 'node:path'
import type { HostAccess } from '../host/access.ts'
import type { Looked } from '../host/looked.ts'
import { refused, seenValue } from '../host/looked.ts'
import { includesOf } from './match.ts'

const mostFiles = 500

/** Texts of a configuration file and of all it includes; refused when one of them may not be read. */
export async function configurationTexts(
  access: HostAccess,
  path: string,
): Promise<Looked<readonly string[]>> {
  const texts: string[] = []
  const todo = [path]
  const done = new Set<string>()
  for (let next = todo.shift(); next !== undefined; next = todo.shift()) {
    if (done.has(next) || done.size >= mostFiles) continue
    done.add(next)
    const text = await access.files.text(next)
    if (text.kind === 'refused' || (text.kind === 'absent' && next === path)) return text
    if (text.kind === 'absent') continue
    texts.push(text.value)
    for (const pattern of includesOf(text.value)) {
      const found = await expand(access, pattern)
      if (found.kind === 'refused') return refused
      if (found.kind === 'seen') todo.push(...found.value)
    }
  }
  return seenValue(texts)
}

/** Paths that a pattern of glob(7) names. A pattern in a folder's name is followed too. */
async function expand({ files }: HostAccess, pattern: string): Promise<Looked<readonly string[]>> {
  let paths = ['']
  for (const part of pattern.split('/').filter((piece) => piece !== '')) {
    if (!/[*?[]/.test(part)) {
      paths = paths.map((path) => `${path}/${part}`)
      continue
    }
    const next: string[] = []
    for (const path of paths) {
      const names = await files.list(path === '' ? '/' : path)
      if (names.kind === 'refused') return refused
      if (names.kind === 'seen')
        next.push(...names.value.filter((name) => fits(name, part)).map((name) => `${path}/${name}`))
    }
    paths = next
  }
  return seenValue(paths)
}

function fits(name: string, pattern: string): boolean {
  return name.startsWith('.') === pattern.startsWith('.') && matchesGlob(name, pattern)
}
