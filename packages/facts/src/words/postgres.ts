import type * as postgres from '../postgres.ts'
import type { WordsOf } from './words-of.ts'

const hostField = { nb: 'Maskin', en: 'Host' }
const serverField = { nb: 'Tjener', en: 'Server' }
const name = { nb: 'Navn', en: 'Name' }

/** Words of facts about PostgreSQL servers. */
export const postgresWords: WordsOf<(typeof postgres)[keyof typeof postgres]> = {
  'postgres-server': {
    id: { nb: 'ID', en: 'ID' },
    host: hostField,
    version: { nb: 'Versjon', en: 'Version' },
    ssl: { nb: 'TLS er på', en: 'TLS is on' },
    sslMinimumVersion: { nb: 'Laveste TLS-versjon', en: 'Minimum TLS version' },
    passwordEncryption: { nb: 'Lagring av passord', en: 'Password encryption' },
    listenAddresses: { nb: 'Lytter på', en: 'Listens on' },
    dataChecksums: { nb: 'Sjekksummer for data', en: 'Data checksums' },
    system: { nb: 'Systemidentifikator', en: 'System identifier' },
  },
  'postgres-role': {
    server: serverField,
    name,
    canLogin: { nb: 'Kan logge inn', en: 'Can log in' },
    superuser: { nb: 'Superbruker', en: 'Superuser' },
    createRole: { nb: 'Kan lage roller', en: 'Can create roles' },
    createDatabase: { nb: 'Kan lage databaser', en: 'Can create databases' },
    replication: { nb: 'Kan replikere', en: 'Can replicate' },
    bypassRls: { nb: 'Omgår radsikkerhet', en: 'Bypasses row security' },
    password: { nb: 'Passord lagret som', en: 'Password stored as' },
    validUntil: { nb: 'Gyldig til', en: 'Valid until', reads: 'moment' },
    memberOf: { nb: 'Medlem av', en: 'Member of' },
  },
  'postgres-directory': {
    server: serverField,
    path: { nb: 'Mappe', en: 'Folder' },
    encryption: { nb: 'Kryptering', en: 'Encryption' },
    disks: { nb: 'Disker under', en: 'Disks beneath' },
  },
  'hba-rule': {
    server: serverField,
    line: { nb: 'Linje', en: 'Line' },
    kind: { nb: 'Slags tilkobling', en: 'Kind of connection' },
    databases: { nb: 'Databaser', en: 'Databases' },
    users: { nb: 'Brukere', en: 'Users' },
    address: { nb: 'Adresse', en: 'Address' },
    loopback: { nb: 'Bare fra samme maskin', en: 'From the same host alone' },
    method: { nb: 'Innloggingsmåte', en: 'Method' },
    error: { nb: 'Feil i linjen', en: 'Fault of the line' },
  },
  'postgres-connections': {
    server: serverField,
    role: { nb: 'Rolle', en: 'Role' },
    encrypted: { nb: 'Kryptert', en: 'Encrypted' },
    count: { nb: 'Antall', en: 'Count' },
  },
}
