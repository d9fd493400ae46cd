import { parseSync } from 'rolldown/utils'
import { type Fault, type Source, sources } from '../sources.ts'

/** Names that are the same in every language. */
const names = new Set(['Hevd', 'Ctrl K'])

/** Attributes that a reader sees or hears. */
const spoken = new Set([
  'alt',
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'label',
  'placeholder',
  'title',
])

/** Screens say nothing that stands in one language: words come from typed tables, never from the markup. */
export function words(): Fault[] {
  return sources('.tsx')
    .filter(({ path }) => !/\.test\.tsx$|\/gallery\//.test(path))
    .flatMap(wordsInMarkup)
}

function wordsInMarkup(source: Source): Fault[] {
  const { program, errors } = parseSync(source.path, source.text)
  if (errors.length > 0)
    return [{ path: source.path, line: 1, what: `does not parse: ${errors[0]?.message}` }]
  const found: Fault[] = []
  visit(program, (node) => {
    const word = markupWord(node)
    if (word === null) return
    const line = source.text.slice(0, word.at).split('\n').length
    found.push({
      path: source.path,
      line,
      what: `“${word.text}” stands in the markup; put it into a table of words`,
    })
  })
  return found
}

function markupWord(node: Node): { readonly text: string; readonly at: number } | null {
  if (node.type === 'JSXText') return lettered(node.value, node.start)
  if (node.type !== 'JSXAttribute') return null
  const { name, value } = node
  if (!isNode(name) || !isNode(value) || value.type !== 'Literal') return null
  return typeof name.name === 'string' && spoken.has(name.name) ? lettered(value.value, node.start) : null
}

function lettered(value: unknown, at: unknown): { readonly text: string; readonly at: number } | null {
  const text = typeof value === 'string' ? value.trim() : ''
  return /\p{L}{2}/u.test(text) && !names.has(text) ? { text, at: Number(at) } : null
}

type Node = { readonly type: string; readonly [name: string]: unknown }

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

function visit(value: unknown, look: (node: Node) => void): void {
  if (Array.isArray(value)) for (const each of value) visit(each, look)
  else if (isNode(value)) {
    look(value)
    for (const each of Object.values(value)) visit(each, look)
  }
}
