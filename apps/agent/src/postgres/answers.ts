import { z } from 'zod'

const onOff = z.enum(['on', 'off']).transform((text) => text === 'on')

/** What the query `server` answers. */
export const serverAnswer = z.object({
  version: z.string().transform((text) => text.split(' ')[0] ?? text),
  ssl: onOff,
  /** Null where the role may not read it. */
  sslMinimumVersion: z.string().nullable(),
  passwordEncryption: z.string(),
  listenAddresses: z.string().transform((text) =>
    text
      .split(',')
      .map((address) => address.trim())
      .filter((address) => address !== ''),
  ),
  dataChecksums: onOff,
  system: z.string(),
  /** Null where the role may not read it. */
  dataDirectory: z.string().nullable(),
  /** Where its own tablespaces lie. */
  tablespaces: z.array(z.string()),
  role: z.string(),
  readsRules: z.boolean(),
  readsConnections: z.boolean(),
  readsVerifiers: z.boolean(),
})

export const rolesAnswer = z.array(
  z.object({
    name: z.string(),
    canLogin: z.boolean(),
    superuser: z.boolean(),
    createRole: z.boolean(),
    createDatabase: z.boolean(),
    replication: z.boolean(),
    bypassRls: z.boolean(),
    validUntil: z.number().nullable(),
    memberOf: z.array(z.string()),
  }),
)

export const verifiersAnswer = z.record(z.string(), z.enum(['scram-sha-256', 'md5', 'none']))

const kinds = ['local', 'host', 'hostssl', 'hostnossl', 'hostgssenc', 'hostnogssenc'] as const
/** Rows of pg_hba_file_rules; a line with an error has its number and the error alone. */
export const rulesAnswer = z.array(
  z.object({
    /** Position among all rules, includes resolved; since version 16. */
    rule_number: z.int().nullish(),
    file_name: z.string().nullish(),
    line_number: z.int(),
    type: z.enum(kinds).nullable(),
    database: z.array(z.string()).nullable(),
    user_name: z.array(z.string()).nullable(),
    address: z.string().nullable(),
    netmask: z.string().nullable(),
    auth_method: z.string().nullable(),
    error: z.string().nullable(),
  }),
)

export const connectionsAnswer = z.array(
  z.object({ role: z.string(), encrypted: z.boolean(), address: z.string(), count: z.int() }),
)
