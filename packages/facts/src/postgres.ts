import { z } from 'zod'
import { facts } from './fact-type.ts'

const id = z.string().min(1)

/** A PostgreSQL server, asked with the account the agent was given. */
export const postgresServers = facts('postgres-server', {
  value: z.object({
    /** `host-id/port` or `host-id/socket-directory`. */
    id,
    host: id,
    version: z.string(),
    ssl: z.boolean(),
    /** Empty where the role that asks may not read it. */
    sslMinimumVersion: z.string(),
    passwordEncryption: z.string(),
    listenAddresses: z.array(z.string()),
    dataChecksums: z.boolean(),
    /** What PostgreSQL calls the cluster, and all that were copied from it; absent from an agent that does not tell. */
    system: z.string().optional(),
  }),
  key: (server) => server.id,
  scope: 'ofServer',
  lookups: { ofServer: (server) => server.id, ofHost: (server) => server.host },
})

/** A role of a PostgreSQL server, from `pg_roles`; whether it has a password, never the verifier. */
export const postgresRoles = facts('postgres-role', {
  value: z.object({
    server: id,
    name: z.string(),
    canLogin: z.boolean(),
    superuser: z.boolean(),
    createRole: z.boolean(),
    createDatabase: z.boolean(),
    replication: z.boolean(),
    bypassRls: z.boolean(),
    /** Verifier kind: `scram-sha-256`, `md5`, `none`; null when it may not be seen. */
    password: z.enum(['scram-sha-256', 'md5', 'none']).nullable(),
    validUntil: z.number().nullable(),
    memberOf: z.array(z.string()),
  }),
  key: (role) => `${role.server}/${role.name}`,
  label: (role) => role.name,
  scope: 'ofServer',
  lookups: { ofServer: (role) => role.server },
})

/** One line of `pg_hba_file_rules`. */
export const hbaRules = facts('hba-rule', {
  value: z.object({
    server: id,
    line: z.int(),
    kind: z.enum(['local', 'host', 'hostssl', 'hostnossl', 'hostgssenc', 'hostnogssenc']),
    databases: z.array(z.string()),
    users: z.array(z.string()),
    /** Network the rule is for; null for `local`. */
    address: z.string().nullable(),
    loopback: z.boolean(),
    method: z.string(),
    /** The server's complaint about the line; null when it is in force. */
    error: z.string().nullable(),
  }),
  key: (rule) => `${rule.server}/${rule.line}`,
  scope: 'ofServer',
  lookups: { ofServer: (rule) => rule.server },
})

/** Connections from other machines that are open now, by whether they are encrypted. */
export const postgresConnections = facts('postgres-connections', {
  value: z.object({ server: id, role: z.string(), encrypted: z.boolean(), count: z.int() }),
  key: (connection) => `${connection.server}/${connection.role}/${connection.encrypted}`,
  scope: 'ofServer',
  lookups: { ofServer: (connection) => connection.server },
})

/** A folder that a PostgreSQL server keeps data in, and whether what it lies on is encrypted by the host. */
export const postgresDirectories = facts('postgres-directory', {
  value: z.object({
    server: id,
    /** With every link followed. */
    path: z.string(),
    /** Of the volume it lies on; see `volume`. */
    encryption: z.enum(['dm-crypt', 'none', 'beneath']),
    disks: z.array(z.array(z.string())),
  }),
  key: (directory) => `${directory.server}:${directory.path}`,
  label: (directory) => directory.path,
  scope: 'ofServer',
  lookups: { ofServer: (directory) => directory.server },
})
