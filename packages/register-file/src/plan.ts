import { hash } from 'node:crypto'
import { type Bilingual, canonicalJson } from '@hevd/core'
import type { ImportConfig } from './config.ts'
import type { FileFault, FileRow, ReadFile } from './csv.ts'

/** What is wrong with one field of an item, with the remedy. */
export type FieldFault<Field extends string> = { readonly field: Field; readonly words: Bilingual }

/** What an import must know of a register; its items have an id, and files a column of it. */
export type Rules<Field extends string, Item> = {
  /** The item a line speaks of; a column that the file has not leaves what the register says. */
  itemOf(id: string, row: FileRow<Field>, before: Item | undefined): Item
  /** Empty when it is as every item must be. `exists` knows the ids of the register to be. */
  faultsOf(item: Item, exists: (id: string) => boolean): readonly FieldFault<Field>[]
  isSame(one: Item, other: Item): boolean
}

export type Change<Item> = { readonly before: Item; readonly after: Item }

/** What a file would make of a register. Nothing that is not in the file is touched. */
export type ImportPlan<Item> = {
  /** Of the register, the file and what it would become: another of any of them has another one. */
  readonly digest: string
  /** Items of lines without a fault, as are those that are changed. */
  readonly added: readonly Item[]
  readonly changed: readonly Change<Item>[]
  readonly notInFile: readonly Item[]
  readonly unchanged: number
  readonly faults: readonly FileFault[]
  readonly braked: boolean
}

/** @param register every item, by id */
export function planImport<Field extends string, Item extends { readonly id: string }>(
  register: ReadonlyMap<string, Item>,
  file: ReadFile<Field | 'id'>,
  rules: Rules<Field | 'id', Item>,
  config: Pick<ImportConfig, 'brakeCount' | 'brakeShare'>,
): ImportPlan<Item> {
  const faults = [...file.faults]
  const faulty = new Set(file.faults.map(({ line }) => line))
  const header = (field: Field | 'id') => file.headers.get(field) ?? field
  const inFile = new Map<string, Item>()
  const lines = new Map<string, number>()
  for (const row of file.rows) {
    const says: { readonly id?: unknown } = row.says
    if (typeof says.id !== 'string') continue
    const earlier = lines.get(says.id)
    if (earlier !== undefined) {
      faults.push({ line: row.line, field: header('id'), words: twice(earlier) })
      continue
    }
    lines.set(says.id, row.line)
    inFile.set(says.id, rules.itemOf(says.id, row, register.get(says.id)))
  }
  const exists = (id: string) => register.has(id) || inFile.has(id)
  const added: Item[] = []
  const changed: Change<Item>[] = []
  let unchanged = 0
  for (const [id, item] of inFile) {
    const line = lines.get(id) ?? 0
    if (faulty.has(line)) continue
    const wrong = rules.faultsOf(item, exists)
    for (const { field, words } of wrong) faults.push({ line, field: header(field), words })
    if (wrong.length > 0) continue
    const before = register.get(id)
    if (before === undefined) added.push(item)
    else if (rules.isSame(before, item)) unchanged += 1
    else changed.push({ before, after: item })
  }
  const notInFile = [...register.values()].filter(({ id }) => !inFile.has(id))
  const count = added.length + changed.length
  const braked = count > Math.max(config.brakeCount, config.brakeShare * register.size)
  const digest = hash(
    'sha256',
    canonicalJson([[...register.values()].sort(byId), file.rows, faults.map(({ line }) => line)]),
  )
  faults.sort((a, b) => a.line - b.line)
  return { digest, added, changed, notInFile, unchanged, faults, braked }
}

/** What an importer saw in the preview, and the number typed where it was braked. */
export type Seen = { readonly digest: string; readonly confirmCount?: number | undefined }

/** Why a plan is not carried out: it is not what was looked at, it has faults, or its number was not typed. */
export type Refusal = {
  readonly code: 'register-changed' | 'file-has-faults' | 'confirm-number'
  readonly detail?: Bilingual
}

export function refusalOf(plan: ImportPlan<unknown>, seen: Seen): Refusal | null {
  if (plan.digest !== seen.digest) return { code: 'register-changed' }
  const [fault] = plan.faults
  if (fault !== undefined)
    return {
      code: 'file-has-faults',
      detail: {
        nb: `Linje ${fault.line}: ${fault.words.nb}`,
        en: `Line ${fault.line}: ${fault.words.en}`,
      },
    }
  const count = plan.added.length + plan.changed.length
  return plan.braked && seen.confirmCount !== count ? { code: 'confirm-number' } : null
}

const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : 1)
const twice = (line: number) => ({
  nb: `Id-en står allerede på linje ${line}. Hver id skal stå én gang.`,
  en: `The id stands on line ${line} already. Each id stands once.`,
})
