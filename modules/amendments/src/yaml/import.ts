import { type Bilingual, type Catalogue, type Control, locales } from '@hevd/core'
import { parseDocument } from 'yaml'
import type { ControlChange } from '../contract.ts'
import { same, wordFields } from '../domain/change.ts'
import { valueFault } from '../domain/parameter-values.ts'

export type FileFault = { readonly path: string; readonly words: Bilingual }
/** Changes by control, or what of the file was not understood; then there are none. */
export type ReadFile =
  | { readonly changes: Readonly<Record<string, ControlChange>> }
  | { readonly faults: readonly FileFault[] }

/** Most that are told at once. */
const most = 100
const members = [...wordFields, 'parameters', 'not-applicable', 'references'] as const

/** Reads a policy as `GET /api/policy.yaml` gives it, whole or in part. */
export function readPolicyYaml(text: string, catalogue: Catalogue): ReadFile {
  const document = parseDocument(text, { prettyErrors: true })
  const broken = [...document.errors, ...document.warnings].map(({ linePos, message }) =>
    fault(`linje/line ${linePos?.[0].line ?? 1}`, {
      nb: `Dette er ikke gyldig YAML: ${firstLine(message)}`,
      en: `This is no valid YAML: ${firstLine(message)}`,
    }),
  )
  if (broken.length > 0) return { faults: broken.slice(0, most) }
  const root = plain(document)
  if (root === null) return { faults: [tooEntangled] }
  const faults: FileFault[] = []
  const changes: Record<string, ControlChange> = {}
  for (const [name, value] of Object.entries(root)) {
    if (name === 'controls') continue
    if (name !== 'policy') faults.push(unknownMember(name, ['policy', 'controls']))
    else if (value !== 1)
      faults.push(fault(name, { nb: 'Bare versjon 1 kan leses.', en: 'Only version 1 can be read.' }))
  }
  const controls = objectOf(root.controls)
  if (controls === null)
    faults.push(
      fault('controls', {
        nb: 'Filen må ha controls, med hver kontroll under sin id.',
        en: 'The file needs controls, with each control under its id.',
      }),
    )
  for (const [id, value] of Object.entries(controls ?? {})) {
    const control = catalogue.controls.get(id)
    if (control === undefined)
      faults.push(
        fault(`controls.${id}`, {
          nb: 'Policyen har ingen kontroll med denne id-en. Rett den, eller ta den ut.',
          en: 'The policy has no control of this id. Correct it, or take it out.',
        }),
      )
    else changes[id] = readControl(control, value, `controls.${id}`, faults)
  }
  return faults.length > 0 ? { faults: faults.slice(0, most) } : { changes }
}

function readControl(control: Control, value: unknown, path: string, faults: FileFault[]): ControlChange {
  const given = objectOf(value)
  if (given === null) {
    faults.push(
      fault(path, {
        nb: `Skriv ${members.join(', ')} under den.`,
        en: `Write ${members.join(', ')} under it.`,
      }),
    )
    return {}
  }
  for (const name of Object.keys(given))
    if (!members.some((member) => member === name)) faults.push(unknownMember(`${path}.${name}`, members))
  const words = wordFields.flatMap((field) => {
    if (given[field] === undefined) return []
    const said = readWords(given[field], `${path}.${field}`, faults)
    return said === null ? [] : [[field, said] as const]
  })
  if (given.references !== undefined && !same(given.references, control.references))
    faults.push(
      fault(`${path}.references`, {
        nb: 'Kravene følger katalogen og kan ikke endres. Ta dem ut av filen.',
        en: 'References come with the catalogue and cannot be changed. Take them out of the file.',
      }),
    )
  const parameters = readParameters(control, given.parameters, `${path}.parameters`, faults)
  const notApplicable = readApplicability(given['not-applicable'], `${path}.not-applicable`, faults)
  return {
    ...Object.fromEntries(words),
    ...(parameters !== undefined && { parameters }),
    ...(notApplicable !== undefined && { notApplicable }),
  }
}

function readWords(value: unknown, path: string, faults: FileFault[]): Bilingual | null {
  const given = objectOf(value) ?? {}
  const other = Object.keys(given).filter((name) => name !== 'nb' && name !== 'en')
  for (const name of other) faults.push(unknownMember(`${path}.${name}`, locales))
  const { nb, en } = given
  for (const locale of locales)
    if (typeof given[locale] !== 'string' || given[locale].trim() === '')
      faults.push(
        fault(`${path}.${locale}`, {
          nb: 'Teksten mangler. Skriv den på begge språk.',
          en: 'The text is missing. Write it in both languages.',
        }),
      )
  return typeof nb === 'string' && typeof en === 'string' ? { nb, en } : null
}

function readParameters(control: Control, value: unknown, path: string, faults: FileFault[]) {
  if (value === undefined) return undefined
  const given = objectOf(value)
  if (given === null)
    faults.push(
      fault(path, { nb: 'Skriv verdiene under navnene sine.', en: 'Write the values under their names.' }),
    )
  for (const [name, one] of Object.entries(given ?? {})) {
    const words = valueFault(control, name, one)
    if (words !== null) faults.push(fault(`${path}.${name}`, words))
  }
  return given ?? {}
}

function readApplicability(value: unknown, path: string, faults: FileFault[]) {
  if (value === undefined || value === null) return value
  const given = objectOf(value) ?? {}
  const names = ['reason', 'review-by']
  for (const name of Object.keys(given))
    if (!names.includes(name)) faults.push(unknownMember(`${path}.${name}`, names))
  const { reason } = given
  const reviewBy = typeof given['review-by'] === 'string' ? Date.parse(given['review-by']) : Number.NaN
  const isReason = typeof reason === 'string' && reason.trim().length >= 10 && reason.length <= 2000
  if (!isReason)
    faults.push(
      fault(`${path}.reason`, {
        nb: 'Skriv hvorfor kontrollen ikke gjelder, med 10 til 2000 tegn.',
        en: 'Write why the control does not apply, in 10 to 2000 characters.',
      }),
    )
  if (Number.isNaN(reviewBy))
    faults.push(
      fault(`${path}.review-by`, {
        nb: 'Skriv når det skal vurderes på nytt, for eksempel 2027-01-31T12:00:00Z.',
        en: 'Write when it is to be looked at again, such as 2027-01-31T12:00:00Z.',
      }),
    )
  return isReason && !Number.isNaN(reviewBy) ? { reason: reason.trim(), reviewBy } : undefined
}

type Plain = { readonly [name: string]: unknown }

/** Null where aliases make it larger than it is written (a file that is meant to). */
function plain(document: ReturnType<typeof parseDocument>): Plain | null {
  try {
    return objectOf(document.toJS({ maxAliasCount: 100 })) ?? {}
  } catch (error) {
    if (error instanceof ReferenceError) return null
    throw error
  }
}

const tooEntangled = fault('', {
  nb: 'Filen bruker for mange henvisninger (*). Skriv verdiene ut.',
  en: 'The file uses too many references (*). Write the values out.',
})

function objectOf(value: unknown): Plain | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
}

function unknownMember(path: string, names: readonly string[]): FileFault {
  return fault(path, {
    nb: `Dette navnet er ukjent her. Her kan det stå ${names.join(', ')}.`,
    en: `This name is not known here. Here may stand ${names.join(', ')}.`,
  })
}

function fault(path: string, words: Bilingual): FileFault {
  return { path, words }
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? ''
}
