import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Locale, locales } from '@hevd/core'
import { parse } from 'yaml'
import type { z } from 'zod'
import { controlFile } from './control-file.ts'
import { policy } from './policy.ts'
import { conceptsFile, type TermsFile, termsFile } from './terms-file.ts'

const folder = import.meta.dirname
type Concepts = z.infer<typeof conceptsFile>
type Words = TermsFile['nb']

/**
 * The words by which sentences of an organisation's own policy are known, of every control in the policy's order: its
 * `terms.yaml`, with the concepts it names written out. Throws, naming the file, when one is not whole.
 */
export async function loadVocabulary() {
  const concepts = await read('concepts.yaml', conceptsFile)
  const ids = Object.entries(policy).flatMap(([section, controls]) =>
    controls.map(({ id }) => ({ section, id })),
  )
  const controls = await Promise.all(
    ids.map(async ({ section, id }) => {
      const path = join(section, id, 'terms.yaml')
      const file = await read(path, termsFile)
      const { parameters } = await read(join(section, id, 'control.yaml'), controlFile)
      for (const locale of locales)
        for (const name of Object.keys(file[locale].parameters ?? {}))
          if (!(name in parameters)) throw new Error(`${path}: the control has no parameter ${name}`)
      const options = Object.entries(parameters).flatMap(([name, entry]) =>
        entry.type === 'choice' ? [[`${id}.${name}`, entry.options] as const] : [],
      )
      return {
        terms: {
          control: id,
          nb: whole(file.nb, 'nb', concepts, path),
          en: whole(file.en, 'en', concepts, path),
        },
        options,
      }
    }),
  )
  const noPromise = (locale: Locale) => writtenOut(['<no-promise>'], locale, concepts, 'concepts.yaml')
  return {
    controls: controls.map(({ terms }) => terms),
    noPromise: { nb: noPromise('nb'), en: noPromise('en') },
    options: new Map(controls.flatMap(({ options }) => options)),
  }
}

function whole(words: Words, locale: Locale, concepts: Concepts, path: string): Words {
  const group = (terms: readonly string[]) => writtenOut(terms, locale, concepts, path)
  const { names, says, not, against, parameters } = words
  return {
    ...(names && { names: group(names) }),
    ...(says && { says: says.map((reading) => reading.map(group)) }),
    ...(not && { not: group(not) }),
    ...(against && { against: group(against) }),
    ...(parameters && {
      parameters: Object.fromEntries(
        Object.entries(parameters).map(([name, spec]) => {
          if ('values' in spec) return [name, spec]
          const near = spec.near && { near: spec.near.map(group) }
          return [name, { ...spec, ...near, ...(spec.against && { against: group(spec.against) }) }]
        }),
      ),
    }),
  }
}

/** A group with each `<concept>` replaced by its terms. */
function writtenOut(group: readonly string[], locale: Locale, concepts: Concepts, path: string): string[] {
  return group.flatMap((term) => {
    const name = /^<(.+)>$/.exec(term)?.[1]
    if (name === undefined) return [term]
    const terms = concepts[locale][name]
    if (terms === undefined) throw new Error(`${path}: there is no concept ${name} in ${locale}`)
    return terms
  })
}

async function read<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.infer<Schema>> {
  const parsed = schema.safeParse(parse(await readFile(join(folder, path), 'utf8')))
  if (parsed.success) return parsed.data
  throw new Error(
    `${path}: ${parsed.error.issues.map(({ path: at, message }) => `${at.join('.')}: ${message}`).join('; ')}`,
  )
}
