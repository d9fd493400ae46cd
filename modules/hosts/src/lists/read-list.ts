import type { Bilingual } from '@hevd/core'
import { type Cell, type Column, type FileFault, readCsv, wrongText } from '@hevd/register-file'
import type { ListKind } from '../contract.ts'
import { readCloudJson, shown } from './cloud-json.ts'
import { deviceColumns, hostColumns, volumeColumns } from './columns.ts'
import type { Item, ItemOf } from './item.ts'

/** A list as a file has it. */
export type ReadList = {
  readonly items: readonly Item[]
  readonly faults: readonly FileFault[]
  readonly encoding: 'utf-8' | 'windows-1252'
  readonly ignoredColumns: readonly string[]
}

/** Reads a list: JSON of a cloud's own tool, or a CSV. Never throws for what a file holds. */
export function readList(of: ListKind, source: string, file: string | Uint8Array, longest: number): ReadList {
  const json = jsonText(file)
  if (json !== null) {
    const items = readCloudJson(of, json)
    const read = { encoding: 'utf-8', ignoredColumns: [] } as const
    if (items === null)
      return { ...read, items: [], faults: [{ line: 1, field: '', words: unknownJson[of] }] }
    return { ...read, ...once(items.map((item) => ({ line: 1, item: { ...item, source } as Item }))) }
  }
  if (of === 'hosts') return fromCsv(file, hostColumns, longest, (says) => hostOf(source, says))
  if (of === 'volumes') return fromCsv(file, volumeColumns, longest, (says) => volumeOf(source, says))
  return fromCsv(file, deviceColumns, longest, (says) => deviceOf(source, says))
}

/** Text that is JSON; PowerShell writes it as UTF-16 with a byte order mark. */
function jsonText(file: string | Uint8Array): string | null {
  const bytes = typeof file === 'string' ? null : file
  const wide = bytes?.[0] === 0xff && bytes[1] === 0xfe
  const text = typeof file === 'string' ? file : new TextDecoder(wide ? 'utf-16le' : 'utf-8').decode(file)
  return /^\ufeff?\s*[{[]/.test(text) ? text.replace(/^\ufeff/, '') : null
}

type Says<Field extends string> = { readonly [Name in Field]?: Cell }

function fromCsv<Field extends string>(
  file: string | Uint8Array,
  columns: readonly Column<Field>[],
  longest: number,
  itemOf: (says: Says<Field>) => Item,
): ReadList {
  const { rows, faults, encoding, ignoredColumns, headers } = readCsv(file, columns, longest)
  if (faults.length > 0) return { items: [], faults, encoding, ignoredColumns }
  if (headers.size === 0)
    return { items: [], faults: [{ line: 1, field: '', words: noColumn }], encoding, ignoredColumns }
  const read = once(rows.map(({ line, says }) => ({ line, item: itemOf(says) })))
  return { ...read, encoding, ignoredColumns }
}

/** Each item once, and with an id. */
function once(
  lines: readonly { readonly line: number; readonly item: Item }[],
): Pick<ReadList, 'items' | 'faults'> {
  const faults: FileFault[] = []
  const known = new Map<string, number>()
  for (const { line, item } of lines) {
    const earlier = known.get(item.id)
    if (item.id === '') faults.push({ line, field: 'id', words: noId })
    else if (earlier !== undefined) faults.push({ line, field: 'id', words: twice(item.id) })
    else known.set(item.id, line)
    for (const field of ['id', 'name'] as const) {
      const words = item[field] === '' ? null : (wrongText(item[field]) ?? tooLong(item[field]))
      if (words !== null) faults.push({ line, field, words })
    }
  }
  return { items: lines.map(({ item }) => item), faults }
}

const said = (cell: Cell | undefined) => (typeof cell === 'string' ? cell : '')
const answered = (cell: Cell | undefined) => (typeof cell === 'boolean' ? cell : null)

function hostOf(source: string, says: Says<'id' | 'name' | 'otherName' | 'kind'>): ItemOf['hosts'] {
  const name = said(says.name)
  const others = said(says.otherName)
    .split(/[,;\s]+/)
    .filter((other) => other !== '')
  const kind = says.kind === 'workstation' ? 'workstation' : 'server'
  return { source, id: said(says.id) || name, name, otherNames: others, kind }
}

function volumeOf(source: string, says: Says<'id' | 'name' | 'serial' | 'encrypted'>): ItemOf['volumes'] {
  const id = said(says.id) || said(says.serial)
  const serials = shown([said(says.serial), id, id.replace(/^vol-/, 'vol')])
  return { source, id, name: said(says.name), serials, encrypted: answered(says.encrypted) }
}

function deviceOf(
  source: string,
  says: Says<'id' | 'name' | 'serial' | 'user' | 'os' | 'encrypted' | 'locks' | 'compliant' | 'lastCheckIn'>,
): ItemOf['devices'] {
  const serial = said(says.serial)
  return {
    source,
    id: said(says.id) || serial || said(says.name),
    name: said(says.name),
    serial,
    user: said(says.user),
    os: said(says.os),
    encrypted: answered(says.encrypted),
    locks: answered(says.locks),
    compliant: answered(says.compliant),
    lastCheckIn: said(says.lastCheckIn) === '' ? null : Number(says.lastCheckIn),
  }
}

const longestText = 300
const tooLong = (text: string): Bilingual | null =>
  text.length <= longestText
    ? null
    : {
        nb: `Teksten er lengre enn ${longestText} tegn. Kort den ned.`,
        en: `The text is longer than ${longestText} characters. Shorten it.`,
      }
const twice = (id: string) => ({
  nb: `${id} står mer enn én gang. Hver id skal stå én gang.`,
  en: `${id} stands more than once. Each id stands once.`,
})
const noId = {
  nb: 'Linjen har verken id, serienummer eller navn. Fyll ut ett av dem.',
  en: 'The line has neither id, serial number nor name. Fill in one of them.',
}
const noColumn = {
  nb: 'Ingen av kolonnene er kjent. Den første linjen skal være overskrifter, for eksempel: id;navn',
  en: 'None of the columns is known. The first line must be headers, such as: id;name',
}
const unknownJson = {
  hosts: {
    nb: 'JSON-filen er ingen maskinliste vi kjenner. Bruk «aws ec2 describe-instances», «az vm list» eller «gcloud compute instances list», eller en CSV.',
    en: 'The JSON is no list of machines that we know. Use “aws ec2 describe-instances”, “az vm list” or “gcloud compute instances list”, or a CSV.',
  },
  volumes: {
    nb: 'JSON-filen er ingen diskliste vi kjenner. Bruk «aws ec2 describe-volumes», «az disk list» eller «gcloud compute disks list», eller en CSV.',
    en: 'The JSON is no list of disks that we know. Use “aws ec2 describe-volumes”, “az disk list” or “gcloud compute disks list”, or a CSV.',
  },
  devices: {
    nb: 'Enhetslister hentes som CSV: eksporten fra Intune eller Jamf.',
    en: 'Lists of devices are imported as CSV: the export of Intune or Jamf.',
  },
} as const
