import type { Clock, Instant } from '@hevd/core'
import { type App, RequestError } from '@hevd/http'
import type { Database } from '@hevd/postgres'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { changeAccount } from './changes.ts'
import type { IdentityConfig } from './config.ts'
import * as contract from './contract.ts'
import { tokenHash } from './domain/token.ts'
import { accept, invite } from './invitations.ts'
import type { Record } from './record.ts'
import { signIn } from './sign-in.ts'
import {
  type AccountRow,
  accounts,
  deleteSession,
  type InvitationRow,
  invitations,
  withdrawInvitation,
} from './store.ts'

export const sessionCookie = 'hevd-session'

export type RouteDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly config: IdentityConfig
  readonly record: Record
  /** Origin that links point to, such as `http://127.0.0.1:4383`. */
  readonly origin: string
}

export function identityRoutes(app: App, { db, clock, config, record, origin }: RouteDeps): void {
  const nothing = z.null()
  const byId = z.object({ id: z.uuid() })

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
    { config: { access: 'reader' }, schema: { response: { 200: nothing } } },
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
    { config: { access: 'reader' }, schema: { response: { 200: contract.me } } },
    async (request) => {
      const id = signedIn(request)
      const [account, organisation] = await Promise.all([
        db.transaction(request.organisation, accounts).then((rows) => rows.find((row) => row.id === id)),
        db.system(async (tx) => {
          const named = tx.withTables<{
            'hevd.organisation': { id: string; name: string; time_zone: string }
          }>()
          return named
            .selectFrom('hevd.organisation')
            .selectAll()
            .where('id', '=', request.organisation)
            .executeTakeFirst()
        }),
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
      await changeAccount(db, record, request.organisation, id, request.body, signedIn(request), clock.now())
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
      const invited = { role: request.body.role, madeBy: signedIn(request), now: clock.now() }
      const { row, token } = await db.transaction(request.organisation, (tx) =>
        invite(tx, request.organisation, invited, config, record),
      )
      const unused = { ...row, used_at: null, used_by: null, withdrawn_at: null }
      return { ...invitationOut(unused, invited.now), link: invitationLink(origin, token) }
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
  return { id, name, userName, role, createdAt, disabledAt }
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
  return { id, role, createdAt, expiresAt, state }
}
