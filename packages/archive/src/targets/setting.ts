import { isAbsolute } from 'node:path'
import { isDuration } from '@hevd/core'
import { z } from 'zod'
import { ArchiveError } from '../errors.ts'

const absolute = z.string().refine(isAbsolute, 'must be an absolute path')

const folder = z.strictObject({
  kind: z.literal('folder'),
  /** A folder of this host, of a mounted disk or a network share; it must exist. */
  path: absolute,
})

const sftp = z
  .strictObject({
    kind: z.literal('sftp'),
    host: z.string().min(1),
    port: z.number().int().min(1).max(65535).default(22),
    user: z.string().min(1),
    /** A folder there; it must exist. Relative to where the account arrives. */
    path: z.string().min(1),
    /** Fingerprint of the server's key as `ssh-keygen -lf` shows it: `SHA256:…`. */
    hostKey: z
      .string()
      .regex(/^SHA256:[A-Za-z0-9+/]{43}$/, 'must be a fingerprint such as SHA256:… from "ssh-keygen -lf"'),
    /** Private key without passphrase, or the socket of an agent that has it. One of the two. */
    keyFile: absolute.optional(),
    agentSocket: absolute.optional(),
  })
  .refine(({ keyFile, agentSocket }) => (keyFile === undefined) !== (agentSocket === undefined), {
    path: ['keyFile'],
    error: 'either it or agentSocket must be given',
  })

const s3 = z.strictObject({
  kind: z.literal('s3'),
  /** `https://s3.eu-north-1.amazonaws.com`, or that of another store. http is for loopback alone. */
  endpoint: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://s3.eu-north-1.amazonaws.com' })
    .refine((address) => new URL(address).pathname === '/', 'must not have a path')
    .refine(isPrivateWay, 'must begin with https:// unless it is on this host'),
  region: z.string().regex(/^[a-z0-9-]+$/, 'must be a region such as eu-north-1'),
  bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be the name of a bucket'),
  /** Folder in the bucket; empty for the bucket itself. */
  prefix: z
    .string()
    .refine(
      (prefix) =>
        prefix === '' || prefix.split('/').every((part) => part !== '' && part !== '.' && part !== '..'),
      'must be a path such as backups/hevd',
    )
    .default(''),
  /** Where the bucket's name stands: `path` where names of buckets have no host name of their own. */
  addressing: z.enum(['virtual-host', 'path']).default('virtual-host'),
  /** Credentials, or a file as AWS's own tools keep it. One of the two. */
  credentials: z.union([
    z.strictObject({ accessKeyId: z.string().min(1), secretAccessKey: z.string().min(1) }),
    z.strictObject({ file: absolute, profile: z.string().min(1).default('default') }),
  ]),
  /** The store itself keeps every object this long (Object Lock, compliance mode); the bucket must have it enabled. */
  lockFor: z.string().refine(isDuration, 'must be an ISO 8601 duration such as P30D').optional(),
})

/** The setting of a target, as it stands in `backups.json`. It may hold a credential. */
export const targetSetting = z.discriminatedUnion('kind', [folder, sftp, s3])
export type TargetSetting = z.output<typeof targetSetting>
export type FolderSetting = z.output<typeof folder>
export type SftpSetting = z.output<typeof sftp>
export type S3Setting = z.output<typeof s3>

/** Throws `target-not-valid` with the first field that is wrong; the error never holds the value. */
export function parseTarget(raw: unknown): TargetSetting {
  const parsed = targetSetting.safeParse(raw)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new ArchiveError('target-not-valid', {
    field: issue?.path.join('.') || 'kind',
    reason: issue?.message ?? '',
  })
}

function isPrivateWay(address: string): boolean {
  const { protocol, hostname } = new URL(address)
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}
