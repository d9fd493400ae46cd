import { type Clock, type Instant, periodOf, plus } from '@hevd/core'
import { type App, RequestError } from '@hevd/http'
import type { Database } from '@hevd/postgres'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type AccountChanged, changeAccount } from './changes.ts'
import type { IdentityConfig } from './config.ts'
import * as contract from './contract.ts'
import { tokenHash } from './domain/token.ts'
import { IdentityError } from './errors.ts'
import { accept, invite } from './invitations.ts'
import type { Record } from './record.ts'
import { signIn } from './sign-in.ts'
import {
  type AccountRow,
  accounts,
  auditingOf,
  deleteSession,
  type InvitationRow,
  invitations,
  withdrawInvitation,
} from './store.ts'

export const sessionCookie = 'hevd-session'

/** An audit is over after this. */
const longestAudit = 'P1Y'

export type RouteDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly config: IdentityConfig
  readonly record: Record
  readonly changed: AccountChanged
  /** Whether there is such a period, which auditors are bound to. */
  readonly isPeriod: (organisation: string, period: string) => Promise<boolean>
  /** Origin that links point to, such as `http://127.0.0.1:4383`. */
  readonly origin: string
}

export function identityRoutes(
  app: App,
  { db, clock, config, record, changed, origin, isPeriod }: RouteDeps,
): void {
  const nothing = z.null()
  const byId = z.object({ id: z.uuid() })

  const organisationOf = (id: string) =>
    db.system((tx) =>
      tx
        .withTables<{ 'hevd.organisation': { id: string; name: string; time_zone: string } }>()
        .selectFrom('hevd.organisation')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst(),
    )

  /** What an auditor is invited to. Throws `no-such-period` or `last-day-not-valid`. */
  async function auditingFor(
    organisation: string,
    { period, lastDay }: Extract<contract.Inviting, { role: 'auditor' }>,
    now: Instant,
  ): Promise<contract.Auditing> {
    if (!(await isPeriod(organisation, period))) throw new IdentityError('no-such-period')
    const zone = (await organisationOf(organisation))?.time_zone ?? 'UTC'
    const { until: endsAt } = periodOf(lastDay, lastDay, zone)
    if (endsAt <= now || endsAt > plus(now, longestAudit, zone)) throw new IdentityError('last-day-not-valid')
    return { period, endsAt }
  }

  app.post(
    '/api/sign-in',
    {
      config: { access: 'public', rateLimit: { max: 30, timeWindow: '1 minute' } },
      schema: { body: contract.signIn, response: { 200: contract.account } },
    },
    async (request, reply) => {
      const { token, account } = await signIn(db, config, request.organisation, request.body, clock.now())
      return withSession(reply, request, token).send(accountOut(account))
    },
  )

  app.post(
    '/api/invitations/accept',
    {
      config: { access: 'public', rateLimit: { max: 30, timeWindow: '1 minute' } },
      schema: { body: contract.accepting, response: { 200: contract.account } },
    },
    async (request, reply) => {
      const { token, account } = await accept(
        db,
        config,
        record,
        request.organisation,
        request.body,
        clock.now(),
      )
      return withSession(reply, request, token).send(accountOut(account))
    },
  )

  app.post(
    '/api/sign-out',
    { config: { access: 'auditor', ofNoPeriod: true }, schema: { response: { 200: nothing } } },
    async (request, reply) => {
      const token = request.cookies[sessionCookie]
      if (token !== undefined)
        await db.transaction(request.organisation, (tx) => deleteSession(tx, tokenHash(token)))
      reply.clearCookie(sessionCookie, { path: '/' })
      return null
    },
  )

  app.get(
    '/api/me',
    { config: { access: 'auditor', ofNoPeriod: true }, schema: { response: { 200: contract.me } } },
    async (request) => {
      const id = signedIn(request)
      const [account, organisation] = await Promise.all([
        db.transaction(request.organisation, accounts).then((rows) => rows.find((row) => row.id === id)),
        organisationOf(request.organisation),
      ])
      if (account === undefined || organisation === undefined) throw new RequestError('not-signed-in')
      return {
        account: accountOut(account),
        organisation: { name: organisation.name, timeZone: organisation.time_zone },
      }
    },
  )

  app.get(
    '/api/accounts',
    { config: { access: 'administrator' }, schema: { response: { 200: z.array(contract.account) } } },
    async (request) => (await db.transaction(request.organisation, accounts)).map(accountOut),
  )

  app.get(
    '/api/names',
    { config: { access: 'reader' }, schema: { response: { 200: z.array(contract.named) } } },
    async (request) =>
      (await db.transaction(request.organisation, accounts)).map(({ id, name }) => ({ id, name })),
  )

  app.patch(
    '/api/accounts/:id',
    {
      config: { access: 'administrator' },
      schema: { params: byId, body: contract.changingAccount, response: { 200: nothing } },
    },
    async (request) => {
      const { id } = request.params
      const { organisation, body } = request
      const by = signedIn(request)
      await changeAccount({ db, record, changed }, organisation, id, body, by, clock.now())
      return null
    },
  )

  app.get(
    '/api/invitations',
    { config: { access: 'administrator' }, schema: { response: { 200: z.array(contract.invitation) } } },
    async (request) => {
      const now = clock.now()
      return (await db.transaction(request.organisation, invitations)).map((row) => invitationOut(row, now))
    },
  )

  app.post(
    '/api/invitations',
    {
      config: { access: 'administrator' },
      schema: { body: contract.inviting, response: { 200: contract.madeInvitation } },
    },
    async (request) => {
      const { organisation, body } = request
      const now = clock.now()
      const auditing = body.role === 'auditor' ? await auditingFor(organisation, body, now) : null
      const invited = { role: body.role, auditing, madeBy: signedIn(request), now }
      const { row, token } = await db.transaction(organisation, (tx) =>
        invite(tx, organisation, invited, config, record),
      )
      const unused = { ...row, used_at: null, used_by: null, withdrawn_at: null }
      return { ...invitationOut(unused, now), link: invitationLink(origin, token) }
    },
  )

  app.delete(
    '/api/invitations/:id',
    { config: { access: 'administrator' }, schema: { params: byId, response: { 200: nothing } } },
    async (request) => {
      const { id } = request.params
      await db.transaction(request.organisation, async (tx) => {
        await withdrawInvitation(tx, id, clock.now())
        await record(tx, request.organisation, 'invitation-withdrawn', {
          invitation: id,
          by: signedIn(request),
        })
      })
      return null
    },
  )
}

/** The token stands behind `#`, so that it reaches no log and no Referer header. */
export function invitationLink(origin: string, token: string): string {
  return `${origin}/welcome#${token}`
}

function signedIn(request: FastifyRequest): string {
  if (request.principal?.kind !== 'account') throw new RequestError('not-signed-in')
  return request.principal.id
}

function withSession(reply: FastifyReply, request: FastifyRequest, token: string): FastifyReply {
  return reply.setCookie(sessionCookie, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: request.protocol === 'https',
  })
}

function accountOut(row: AccountRow): contract.Account {
  const { id, name, user_name: userName, role, created_at: createdAt, disabled_at: disabledAt } = row
  return { id, name, userName, role, auditing: auditingOf(row), createdAt, disabledAt }
}

function invitationOut(row: InvitationRow, now: Instant): contract.Invitation {
  const { id, role, created_at: createdAt, expires_at: expiresAt } = row
  const state =
    row.used_at !== null
      ? 'used'
      : row.withdrawn_at !== null
        ? 'withdrawn'
        : expiresAt <= now
          ? 'expired'
          : 'open'
  return { id, role, auditing: auditingOf(row), createdAt, expiresAt, state }
}
