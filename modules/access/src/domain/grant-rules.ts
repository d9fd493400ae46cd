import { after, type Bilingual } from '@hevd/core'
import { type FieldFault, type FileRow, type Rules, wrongDate, wrongText } from '@hevd/register-file'
import type { AccessGrant } from '../contract.ts'
import { fields, type GrantField } from './columns.ts'
import type { Places } from './places.ts'

/** What the rules must know of other registers. */
export type Surroundings = {
  /** The person who is, or answers for, a holder; undefined when the register does not have it. */
  answersFor(kind: AccessGrant['holderKind'], id: string): string | undefined
  readonly places: Places
  /** Whether a single administrator may approve what is for oneself. */
  readonly alone: boolean
}

export const longestGrant = 'P1Y'

/** What every grant must be; empty when it is. */
export function faultsOf(grant: AccessGrant, around: Surroundings): readonly FieldFault<GrantField>[] {
  const faults: FieldFault<GrantField>[] = []
  const fault = (field: GrantField, words: Bilingual) => faults.push({ field, words })
  for (const field of ['id', 'holder', 'place', 'privilege', 'need', 'approvedBy'] as const) {
    const value = grant[field]
    const wrong = value === null ? null : wrongText(value)
    if (wrong !== null) fault(field, wrong)
  }
  const holder = around.answersFor(grant.holderKind, grant.holder)
  if (holder === undefined) fault('holder', noHolder)
  const approver = around.answersFor('person', grant.approvedBy)
  if (approver === undefined) fault('approvedBy', noApprover)
  else if (approver === holder && !around.alone) fault('approvedBy', ownApproval)
  if (grant.kind !== 'other' && !around.places.has(grant.kind, grant.place)) fault('place', noPlace)
  if (grant.kind === 'postgres' && grant.privilege === null) fault('privilege', noPrivilege)
  if (grant.kind !== 'postgres' && grant.privilege !== null) fault('privilege', strayPrivilege)
  const [from, until] = [wrongDate(grant.from), wrongDate(grant.until)]
  if (from !== null) fault('from', from)
  if (until !== null) fault('until', until)
  if (from === null && until === null) {
    if (grant.until < grant.from) fault('until', backwards)
    else if (grant.until > String(after(grant.from, longestGrant, 'UTC'))) fault('until', tooLong)
  }
  return faults
}

/** Whether the one it is for approved it. */
export function isSingleApprover(grant: AccessGrant, around: Surroundings): boolean {
  return around.answersFor(grant.holderKind, grant.holder) === grant.approvedBy
}

export function isSame(one: AccessGrant, other: AccessGrant): boolean {
  return fields.every((field) => one[field] === other[field])
}

/** The rules by which a file is read. */
export function importRules(around: Surroundings): Rules<GrantField, AccessGrant> {
  return {
    itemOf: (id, row, before) => around.places.resolved(grantOf(id, row, before)),
    faultsOf: (grant) => faultsOf(grant, around),
    isSame,
  }
}

/** The grant a line speaks of; a column that the file has not leaves what the register says. */
function grantOf(id: string, { says }: FileRow<GrantField>, before: AccessGrant | undefined): AccessGrant {
  const text = (field: GrantField) => {
    const value = says[field]
    return typeof value === 'string' ? value : (before?.[field] ?? '')
  }
  const { holderKind, kind, privilege } = says
  return {
    id,
    holderKind:
      holderKind === 'person' || holderKind === 'service' ? holderKind : (before?.holderKind ?? 'person'),
    holder: text('holder'),
    kind: kind === 'postgres' || kind === 'firewall' || kind === 'other' ? kind : (before?.kind ?? 'other'),
    place: text('place'),
    privilege: typeof privilege === 'string' || privilege === null ? privilege : (before?.privilege ?? null),
    need: text('need'),
    approvedBy: text('approvedBy'),
    from: text('from'),
    until: text('until'),
  }
}

const noHolder = {
  nb: 'Personen eller tjenesten finnes ikke i registeret. Legg den inn først.',
  en: 'The person or the service is not in the register. Enter it first.',
}
const noApprover = {
  nb: 'Den som godkjente, finnes ikke i registeret over personer. Legg inn personen først.',
  en: 'The one who approved is not in the register of people. Enter that person first.',
}
const ownApproval = {
  nb: 'Den som får tilgangen, kan ikke godkjenne den selv. La en annen godkjenne.',
  en: 'The one who is given the access cannot approve it. Let another approve it.',
}
const noPlace = {
  nb: 'Ingen maskin eller databaseserver heter dette. Velg en fra listen, eller skriv ID-en.',
  en: 'No host or database server is called this. Choose one from the list, or write its id.',
}
const noPrivilege = {
  nb: 'Oppgi rettigheten: superuser, createRole, replication, bypassRls eller navnet på en rolle.',
  en: 'Say which privilege: superuser, createRole, replication, bypassRls or the name of a role.',
}
const strayPrivilege = {
  nb: 'En rettighet hører bare til en databaseserver. La feltet stå tomt.',
  en: 'Only a database server has privileges. Leave it empty.',
}
const backwards = {
  nb: 'Siste dag er før første dag. Rett en av dem.',
  en: 'The last day is before the first. Mend one of them.',
}
const tooLong = {
  nb: 'En tilgang kan gjelde i høyst et år. Sett en tidligere siste dag, og forny den når den tid kommer.',
  en: 'Access may last a year at most. Set an earlier last day, and renew it when the time comes.',
}
