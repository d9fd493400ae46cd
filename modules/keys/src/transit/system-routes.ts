import type { App } from '@hevd/http'
import { z } from 'zod'
import { record } from '../context.ts'
import { storedRoot } from '../root/root-key.ts'
import { raiseGeneration } from '../store/root.ts'
import { revokeToken } from '../store/tokens.ts'
import { actorOf, callerOf, type TransitDeps } from './calling.ts'
import { envelope } from './envelope.ts'
import { open, throughToken } from './registering.ts'

const code = z.coerce.number().int().min(200).max(599).optional()

/** What Vault's clients ask of the server itself, and of their own token. */
export function systemRoutes(app: App, deps: TransitDeps): void {
  const { context, memories } = deps

  async function standing(organisation: string) {
    const root = await storedRoot(deps, organisation)
    const isSealed = memories.of(organisation).open === null
    return { root, initialized: root !== undefined, sealed: isSealed }
  }

  const codes = z.object({ sealedcode: code, uninitcode: code })
  app.get('/sys/health', { ...open, schema: { querystring: codes } }, async (request, reply) => {
    const { initialized, sealed } = await standing(request.organisation)
    const { sealedcode = 503, uninitcode = 501 } = request.query
    return reply.code(!initialized ? uninitcode : sealed ? sealedcode : 200).send({
      initialized,
      sealed,
      standby: false,
      performance_standby: false,
      replication_performance_mode: 'disabled',
      replication_dr_mode: 'disabled',
      server_time_utc: Math.floor(context.clock.now() / 1000),
      version: context.version,
      cluster_name: 'hevd',
      cluster_id: request.organisation,
    })
  })

  app.get('/sys/init', open, async ({ organisation }) => {
    const { initialized } = await standing(organisation)
    return { initialized }
  })

  app.get('/sys/seal-status', open, async ({ organisation }) => {
    const { root, initialized, sealed } = await standing(organisation)
    const shared = root?.sealed.kind === 'shares' ? root.sealed : null
    const plan = shared === null ? null : context.sealing.shares.planOf(shared)
    const given =
      shared === null
        ? 0
        : memories.of(organisation).unsealing.progress(shared, context.clock.now()).given.length
    return {
      ...{ type: root === undefined || shared !== null ? 'shamir' : root.sealed.kind, initialized, sealed },
      ...{ t: plan?.threshold ?? 0, n: plan?.custodians.length ?? 0, progress: sealed ? given : 0 },
      ...{ nonce: '', version: context.version, build_date: '', migration: false },
      ...{ cluster_name: 'hevd', cluster_id: organisation, recovery_seal: false, storage_type: 'postgresql' },
    }
  })

  const mount = {
    ...{ type: 'transit', description: '', accessor: 'transit_hevd', uuid: '' },
    ...{ local: false, seal_wrap: false, external_entropy_access: false, options: null },
    ...{
      plugin_version: '',
      running_plugin_version: '',
      running_sha256: '',
      deprecation_status: 'supported',
    },
    config: { default_lease_ttl: 0, max_lease_ttl: 0, force_no_cache: false },
  }

  app.get('/sys/mounts', throughToken, async (request) => {
    await callerOf(deps, request)
    return { ...envelope({ 'transit/': mount }), 'transit/': mount }
  })

  app.get('/sys/internal/ui/mounts', throughToken, async (request) => {
    await callerOf(deps, request)
    return envelope({ auth: {}, secret: { 'transit/': mount } })
  })

  app.get('/sys/internal/ui/mounts/transit', throughToken, async (request) => {
    await callerOf(deps, request)
    return envelope({ ...mount, path: 'transit/' })
  })

  app.get('/auth/token/lookup-self', throughToken, async (request) => {
    const { bearer, now } = await callerOf(deps, request)
    const { token, until, madeAt, holder } = bearer
    const seconds = (milliseconds: number) => Math.floor(milliseconds / 1000)
    // A token is told once, so that `id` is what names it and not the token itself.
    return envelope({
      ...{ accessor: token, id: token, display_name: `${holder.kind}-${holder.id}`, entity_id: '' },
      ...{ creation_time: seconds(madeAt), issue_time: new Date(madeAt).toISOString() },
      ...{ creation_ttl: seconds(until - madeAt), explicit_max_ttl: seconds(until - madeAt) },
      ...{ ttl: seconds(until - now), expire_time: new Date(until).toISOString() },
      ...{ meta: null, num_uses: 0, orphan: true, path: 'auth/token/create', renewable: false },
      ...{ policies: bearer.administers ? ['administrator'] : ['grants'], type: 'service' },
    })
  })

  app.route({
    method: ['POST', 'PUT'],
    url: '/auth/token/revoke-self',
    ...throughToken,
    handler: async (request, reply) => {
      const caller = await callerOf(deps, request)
      const { organisation, bearer } = caller
      await context.db.transaction(organisation, async (tx) => {
        await revokeToken(tx, organisation, bearer.token, context.clock.now())
        await raiseGeneration(tx, organisation)
        await record(context, tx, organisation, 'key-token-revoked', {
          token: bearer.token,
          by: actorOf(caller).by,
        })
      })
      return reply.code(204).send()
    },
  })
}
