import { hash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import {
  type Catalogue,
  type Control,
  type ControlDeclaration,
  canonicalJson,
  type Population,
  parseParameters,
  type Section,
} from '@hevd/core'
import { parse } from 'yaml'
import type { z } from 'zod'
import { type ControlFile, controlFile, sectionsFile } from './control-file.ts'
import { policy } from './policy.ts'

const folder = import.meta.dirname

/** The policy as shipped: its texts, tests and digests. Throws, naming the file, when one is not whole. */
export async function loadCatalogue(): Promise<Catalogue> {
  const titles = await readYaml('sections.yaml', sectionsFile)
  const sections = await Promise.all(
    Object.entries(policy).map(async ([id, declarations]): Promise<Section> => {
      const title = titles.find((section) => section.id === id)?.title
      if (title === undefined) throw new Error(`sections.yaml: section ${id} has no title`)
      return {
        id,
        title,
        controls: await Promise.all(declarations.map((declared) => loadControl(id, declared))),
      }
    }),
  )
  const controls = sections.flatMap((section) => section.controls)
  const tests = controls.flatMap((control) => control.tests)
  return {
    sections,
    controls: new Map(controls.map((control) => [control.id, control])),
    tests: new Map(tests.map((test) => [test.id, test])),
    populations: distinct(tests.map((test) => test.population)),
  }
}

async function loadControl(section: string, declared: ControlDeclaration): Promise<Control> {
  const path = join(section, declared.id)
  const file = await readYaml(join(path, 'control.yaml'), controlFile)
  if (file.id !== declared.id) throw new Error(`${path}/control.yaml: id ${file.id} is not its folder's name`)
  const defaults = Object.fromEntries(
    Object.entries(file.parameters).map(([name, { default: value }]) => [name, value]),
  )
  for (const test of declared.tests) parseParameters(test.parameters, defaults)
  return {
    ...declared,
    section,
    title: file.title,
    statement: file.statement,
    how: file.how,
    next: file.next,
    proof: file.proof,
    attested: file.attested,
    references: file.references,
    parameters: Object.entries(file.parameters).map(([name, entry]) => ({
      name,
      type: entry.type,
      default: entry.default,
      options: entry.type === 'choice' ? entry.options : null,
      title: entry.title,
      help: entry.help,
    })),
    policyDigest: digestOfText(file, defaults),
    testsDigest: await digestOfSources(join(folder, path)),
  }
}

/** What the organisation promises, word for word: the digest changes when a reader would see a change. */
function digestOfText(file: ControlFile, parameters: { readonly [name: string]: unknown }): string {
  const { id, title, statement, how } = file
  return hash('sha256', canonicalJson({ id, title, statement, how, parameters }))
}

/** What judges: every source of the control's folder but its tests, by name. */
async function digestOfSources(directory: string): Promise<string> {
  const names = (await readdir(directory))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .sort()
  const sources = await Promise.all(
    names.map(async (name) => [name, hash('sha256', await readFile(join(directory, name)))]),
  )
  return hash('sha256', canonicalJson(sources))
}

async function readYaml<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.infer<Schema>> {
  const parsed = schema.safeParse(parse(await readFile(join(folder, path), 'utf8')))
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  throw new Error(`${relative(folder, join(folder, path))}: ${faults.join('; ')}`)
}

function distinct(populations: readonly Population[]): Population[] {
  return [
    ...new Map(populations.map((population) => [`${population.type}|${population.by}`, population])).values(),
  ]
}
