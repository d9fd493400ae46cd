import type { Bilingual } from '@hevd/core'
import { type Column, oneOf } from '@hevd/register-file'
import { readCheckIn } from './check-in.ts'

const yes = [
  'yes',
  'ja',
  'true',
  '1',
  'encrypted',
  'kryptert',
  'compliant',
  'enabled',
  'on',
  'all partitions encrypted',
  'boot partitions encrypted',
  'valid',
  'encryptionatrestwithplatformkey',
  'encryptionatrestwithcustomerkey',
  'encryptionatrestwithplatformandcustomerkeys',
]
const no = [
  'no',
  'nei',
  'false',
  '0',
  'not encrypted',
  'unencrypted',
  'ikke kryptert',
  'noncompliant',
  'not compliant',
  'in grace period',
  'ingraceperiod',
  'conflict',
  'error',
  'disabled',
  'off',
  'no partitions encrypted',
  'some partitions encrypted',
  'encrypting',
  'decrypting',
  'not enabled',
  'ineligible',
]
/** Said and not told: neither yes nor no. */
const untold = [
  'unknown',
  'ukjent',
  'not evaluated',
  'notevaluated',
  'not applicable',
  'n/a',
  'configmanager',
  '-',
  '--',
]
const told = oneOf<boolean | 'untold'>(
  new Map<string, boolean | 'untold'>([
    ...yes.map((word) => [word, true] as const),
    ...no.map((word) => [word, false] as const),
    ...untold.map((word) => [word, 'untold'] as const),
  ]),
  { nb: 'Skriv «ja» eller «nei», eller la feltet stå tomt.', en: 'Write “yes” or “no”, or leave it empty.' },
)
/** Yes, no or null. */
const answer = (cell: string) => {
  const said = told(cell)
  return said === 'untold' ? null : said
}

const text = <Field extends string>(
  field: Field,
  header: Bilingual,
  names: readonly string[],
): Column<Field> => ({
  field,
  names,
  header,
  required: false,
})
const id = (...names: string[]) => text('id', { nb: 'id', en: 'id' }, ['id', ...names])
const named = (...names: string[]) => text('name', { nb: 'navn', en: 'name' }, ['navn', 'name', ...names])

const kinds = new Map<string, 'server' | 'workstation'>([
  ['server', 'server'],
  ['tjener', 'server'],
  ['produksjon', 'server'],
  ['production', 'server'],
  ['workstation', 'workstation'],
  ['arbeidsmaskin', 'workstation'],
  ['arbeidsstasjon', 'workstation'],
  ['pc', 'workstation'],
  ['laptop', 'workstation'],
  ['bærbar', 'workstation'],
  ['mac', 'workstation'],
])

/** Columns of an independent list of machines. */
export const hostColumns: readonly Column<'id' | 'name' | 'otherName' | 'kind'>[] = [
  id('instanceid', 'vmid', 'uuid', 'assetid', 'inventarnummer', 'serialnumber', 'serienummer'),
  named('hostname', 'vertsnavn', 'maskinnavn', 'computername', 'devicename'),
  text('otherName', { nb: 'annet navn', en: 'other name' }, [
    'annetnavn',
    'othername',
    'fqdn',
    'dnsname',
    'privatednsname',
  ]),
  {
    ...text('kind', { nb: 'slag', en: 'kind' }, ['slag', 'kind', 'rolle', 'role']),
    means: oneOf(kinds, {
      nb: 'Skriv «server» eller «arbeidsmaskin».',
      en: 'Write “server” or “workstation”.',
    }),
  },
]

/** Columns of a provider's list of disks. */
export const volumeColumns: readonly Column<'id' | 'name' | 'serial' | 'encrypted'>[] = [
  id('volumeid', 'diskid', 'volumid'),
  named('diskname', 'disknavn', 'volumename'),
  text('serial', { nb: 'serienummer', en: 'serial number' }, [
    'serial',
    'serialnumber',
    'serienummer',
    'uuid',
  ]),
  {
    ...text('encrypted', { nb: 'kryptert', en: 'encrypted' }, [
      'kryptert',
      'encrypted',
      'encryption',
      'kryptering',
    ]),
    means: answer,
  },
]

/** Columns of Intune's and Jamf's exports, and of a plain file; headers without spaces, in small letters. */
export const deviceColumns: readonly Column<
  'id' | 'name' | 'serial' | 'user' | 'os' | 'encrypted' | 'locks' | 'compliant' | 'lastCheckIn'
>[] = [
  id('deviceid', 'enhetsid', 'jamfprocomputerid', 'jsscomputerid', 'jamfproid', 'udid'),
  named('devicename', 'computername', 'displayname', 'enhetsnavn'),
  text('serial', { nb: 'serienummer', en: 'serial number' }, ['serienummer', 'serialnumber', 'serial']),
  text('user', { nb: 'bruker', en: 'user' }, ['bruker', 'user', 'primaryuserupn', 'username', 'brukernavn']),
  text('os', { nb: 'operativsystem', en: 'operating system' }, ['os', 'operatingsystem', 'operativsystem']),
  {
    ...text('encrypted', { nb: 'kryptert', en: 'encrypted' }, [
      'encrypted',
      'kryptert',
      'filevault2status',
      'filevaultstatus',
      'filevault2partitionencryptionstate',
      'diskencryptionstatus',
    ]),
    means: answer,
  },
  {
    ...text('locks', { nb: 'skjermlås', en: 'screen lock' }, [
      'skjermlås',
      'screenlock',
      'locks',
      'passcode',
      'passcodecompliancestatus',
      'passcodecompliance',
    ]),
    means: answer,
  },
  {
    ...text('compliant', { nb: 'følger reglene', en: 'compliance' }, [
      'følgerreglene',
      'samsvar',
      'compliant',
      'compliance',
      'compliancestate',
      'compliancestatus',
    ]),
    means: answer,
  },
  {
    ...text('lastCheckIn', { nb: 'sist sett', en: 'last check-in' }, [
      'sistsett',
      'sistinnsjekk',
      'lastcheckin',
      'lastseen',
      'lastsync',
      'lastsyncdatetime',
      'lastcontact',
      'lastinventoryupdate',
    ]),
    means: (cell) => {
      const moment = readCheckIn(cell)
      if (moment === null) return null
      return moment === 'unreadable' || Number.isNaN(moment) ? wrongMoment : String(moment)
    },
  },
]

const wrongMoment = {
  nb: 'Tidspunktet kan ikke leses entydig. Skriv det som 2026-11-20 08:15.',
  en: 'The moment cannot be read in one way alone. Write it as 2026-11-20 08:15.',
}
