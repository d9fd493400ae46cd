import { endOfDate, startOfDate } from '@hevd/core'
import type { App } from '@hevd/http'
import { z } from 'zod'
import { keyName, keyType } from '../contract.ts'
import { fromVaultDuration } from '../domain/vault-duration.ts'
import { KeysError } from '../errors.ts'
import { backupOf, restoreBackup } from '../keys/backup.ts'
import { makeKey, rotateKey } from '../keys/making.ts'
import { changeSettings, deleteKey, trimKey } from '../keys/settings.ts'
import { keysGranted } from '../store/grants.ts'
import { allKeys } from '../store/keys.ts'
import * as bodies from './bodies.ts'
import {
  actorOf,
  type Caller,
  callerOf,
  keyFor,
  keyToManage,
  needOpen,
  notFound,
  type TransitDeps,
} from './calling.ts'
import { envelope } from './envelope.ts'
import { denied, TransitError } from './errors.ts'
import { type ExportType, exported, exportTypes, versionsToExport } from './exporting.ts'
import { keyData } from './key-data.ts'
import { throughToken } from './registering.ts'

/** `/v1/transit/keys` and what else is about keys as such. */
export function keyRoutes(app: App, deps: TransitDeps): void {
  app.get('/transit/keys', throughToken, async (request) => {
    const caller = await callerOf(deps, request)
    const keys = await namesFor(deps, caller)
    if (keys.length === 0) throw new TransitError(404)
    return envelope({ keys })
  })

  app.get('/transit/keys/:name', { ...throughToken, schema: { params: bodies.named } }, async (request) => {
    const caller = await callerOf(deps, request)
    return envelope(keyData(await keyToManage(deps, caller, request.params.name, 'read')))
  })

  const making = { params: bodies.named, body: bodies.making }
  app.route({
    method: ['POST', 'PUT'],
    url: '/transit/keys/:name',
    ...throughToken,
    schema: making,
    handler: async (request) => {
      const caller = await callerOf(deps, request)
      if (!caller.bearer.administers) throw denied()
      needOpen(deps, caller)
      const { name } = request.params
      if (!keyName.safeParse(name).success) throw new TransitError(400, 'invalid key name')
      const wanted = makingOf(name, request.body)
      const known = await caller.snapshot.key(name)
      if (known === null) await makeKey(deps, actorOf(caller), wanted)
      else if (known.row.type !== wanted.type || known.row.derived !== wanted.derived)
        throw new KeysError('key-exists')
      return answered(deps, caller, name)
    },
  })

  app.delete(
    '/transit/keys/:name',
    { ...throughToken, schema: { params: bodies.named } },
    async (request, reply) => {
      const { caller, name } = await managed(request.params.name, callerOf(deps, request))
      await deleteKey(deps, actorOf(caller), name)
      return reply.code(204).send()
    },
  )

  const configuring = { params: bodies.named, body: bodies.configuring }
  app.route({
    method: ['POST', 'PUT'],
    url: '/transit/keys/:name/config',
    ...throughToken,
    schema: configuring,
    handler: async (request) => {
      const { caller, name } = await managed(request.params.name, callerOf(deps, request))
      await changeSettings(deps, actorOf(caller), name, changeOf(request.body))
      return answered(deps, caller, name)
    },
  })

  app.route({
    method: ['POST', 'PUT'],
    url: '/transit/keys/:name/rotate',
    ...throughToken,
    schema: { params: bodies.named },
    handler: async (request) => {
      const { caller, name } = await managed(request.params.name, callerOf(deps, request))
      await rotateKey(deps, actorOf(caller), name)
      return answered(deps, caller, name)
    },
  })

  const trimming = { params: bodies.named, body: bodies.trimming }
  app.route({
    method: ['POST', 'PUT'],
    url: '/transit/keys/:name/trim',
    ...throughToken,
    schema: trimming,
    handler: async (request, reply) => {
      const { caller, name } = await managed(request.params.name, callerOf(deps, request))
      await trimKey(deps, actorOf(caller), name, request.body.min_available_version)
      return reply.code(204).send()
    },
  })

  const exporting = z.object({ type: z.enum(exportTypes), name: z.string(), version: z.string().optional() })
  for (const path of ['/transit/export/:type/:name', '/transit/export/:type/:name/:version'])
    app.get(path, { ...throughToken, schema: { params: exporting } }, async (request) => {
      const { type, name, version } = request.params
      const caller = await callerOf(deps, request)
      const key = await keyToExport(caller, name, type, version)
      return envelope({ name, type: key.type, keys: key.keys })
    })

  app.get('/transit/backup/:name', { ...throughToken, schema: { params: bodies.named } }, async (request) => {
    const caller = await callerOf(deps, request)
    const { key, spending } = await keyFor(deps, caller, request.params.name, 'export', 1)
    try {
      const backup = backupOf(key)
      spending.count('export', key.row.latest)
      return envelope({ backup })
    } finally {
      spending.done()
    }
  })

  const restoring = { params: z.object({ name: keyName.optional() }), body: bodies.restoring }
  for (const path of ['/transit/restore', '/transit/restore/:name'])
    app.route({
      method: ['POST', 'PUT'],
      url: path,
      ...throughToken,
      schema: restoring,
      handler: async (request, reply) => {
        const caller = await callerOf(deps, request)
        if (!caller.bearer.administers) throw denied()
        needOpen(deps, caller)
        const { backup, name } = request.body
        await restoreBackup(deps, actorOf(caller), backup, request.params.name ?? name ?? undefined)
        return reply.code(204).send()
      },
    })

  async function managed(name: string, calling: Promise<Caller>) {
    const caller = await calling
    await keyToManage(deps, caller, name, 'manage')
    return { caller, name }
  }

  async function keyToExport(caller: Caller, name: string, what: ExportType, version: string | undefined) {
    const operation = what === 'public-key' ? 'read' : 'export'
    const { key, spending } = await keyFor(deps, caller, name, operation, 1000)
    try {
      const keys = versionsToExport(key, version)
        .slice(-1000)
        .map((one) => {
          const text = exported(key, what, one)
          spending.count(operation, one)
          return [String(one), text] as const
        })
      return { type: key.row.type, keys: Object.fromEntries(keys) }
    } finally {
      spending.done()
    }
  }
}

/** The key as it is after a change. */
async function answered({ authority }: TransitDeps, { organisation }: Caller, name: string) {
  const key = await (await authority.now(organisation)).key(name)
  if (key === null) throw notFound()
  return envelope(keyData(key))
}

function makingOf(name: string, body: z.infer<typeof bodies.making>) {
  const type = keyType.safeParse(body?.type ?? 'aes256-gcm96')
  if (!type.success)
    throw new TransitError(400, `unknown key type ${body?.type}; there are ${keyType.options.join(', ')}`)
  if (body?.exportable === true || body?.allow_plaintext_backup === true) throw twoPeople()
  const period = periodOf(body?.auto_rotate_period)
  return {
    ...{ name, type: type.data, autoRotate: period ?? null },
    derived: body?.derived ?? false,
    convergent: body?.convergent_encryption ?? false,
  }
}

function changeOf(body: z.infer<typeof bodies.configuring>) {
  if (body.exportable === true || body.allow_plaintext_backup === true) throw twoPeople()
  const period = periodOf(body.auto_rotate_period)
  const minDecryption = body.min_decryption_version
  return {
    minDecryption: typeof minDecryption === 'number' ? Math.max(1, minDecryption) : undefined,
    minEncryption: body.min_encryption_version ?? undefined,
    deletionAllowed: body.deletion_allowed ?? undefined,
    autoRotate: period,
  }
}

function periodOf(given: string | number | null | undefined) {
  if (given === null || given === undefined) return undefined
  const period = fromVaultDuration(given)
  if (period === undefined) throw new TransitError(400, 'auto_rotate_period is no duration')
  return period
}

function twoPeople(): TransitError {
  return new TransitError(400, new KeysError('not-exportable').words.en)
}

/** Names of the keys that the caller has a grant in force for; all of them for an administrator. */
async function namesFor(
  { context }: TransitDeps,
  { organisation, bearer, now, snapshot }: Caller,
): Promise<string[]> {
  const { zone } = snapshot
  return context.db.transaction(organisation, async (tx) => {
    const inForce = new Set(
      (await keysGranted(tx, organisation, bearer.holder))
        .filter(({ from, until }) => startOfDate(from, zone) <= now && now < endOfDate(until, zone))
        .map(({ key }) => key),
    )
    const all = await allKeys(tx, organisation)
    return all.filter(({ id }) => bearer.administers || inForce.has(id)).map(({ name }) => name)
  })
}
