import type { App } from '@hevd/http'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import type { Operation } from '../contract.ts'
import type { KnownKey } from '../use/snapshot.ts'
import { answerBatch, type Body, type Done, usesOf } from './batch.ts'
import * as bodies from './bodies.ts'
import { callerOf, keyFor, type TransitDeps } from './calling.ts'
import { dataKey, decryptItem, encryptItem, rewrapItem } from './ciphering.ts'
import { throughToken } from './registering.ts'
import { algorithmsOf, hashOf, hmacItem, signItem, verifyItem } from './signing.ts'

type Asked = Parameters<typeof callerOf>[1]
type Referenced = { readonly reference?: string | null | undefined }

/** What uses a key: each route takes a grant in force for its operation, and counts what succeeded. */
export function useRoutes(app: App, deps: TransitDeps): void {
  const { random, config } = deps.context
  const { bodyLimit, longestBatch } = config

  /** Runs an operation for each item of a body, under one grant. */
  async function using<Item extends Referenced>(
    request: Asked,
    reply: FastifyReply,
    name: string,
    operation: Operation,
    body: Body<Item>,
    run: (key: KnownKey, item: Item) => Done,
  ): Promise<FastifyReply> {
    const uses = usesOf(body, longestBatch)
    const caller = await callerOf(deps, request)
    const { key, spending } = await keyFor(deps, caller, name, operation, uses)
    return answerBatch<Item>(reply, operation, body, spending, (item) => run(key, item))
  }

  const encrypting = { params: bodies.named, body: bodies.encrypting }
  app.route({
    method: ['POST', 'PUT'],
    url: '/transit/encrypt/:name',
    ...throughToken,
    bodyLimit,
    schema: encrypting,
    handler: (request, reply) =>
      using<z.infer<typeof bodies.encryptItem>>(
        request,
        reply,
        request.params.name,
        'encrypt',
        request.body,
        (key, item) => encryptItem(key, item, random),
      ),
  })

  const decrypting = { params: bodies.named, body: bodies.decrypting }
  app.route({
    method: ['POST', 'PUT'],
    url: '/transit/decrypt/:name',
    ...throughToken,
    bodyLimit,
    schema: decrypting,
    handler: (request, reply) =>
      using<z.infer<typeof bodies.decryptItem>>(
        request,
        reply,
        request.params.name,
        'decrypt',
        request.body,
        decryptItem,
      ),
  })

  app.route({
    method: ['POST', 'PUT'],
    url: '/transit/rewrap/:name',
    ...throughToken,
    bodyLimit,
    schema: decrypting,
    handler: (request, reply) =>
      using<z.infer<typeof bodies.decryptItem>>(
        request,
        reply,
        request.params.name,
        'rewrap',
        request.body,
        (key, item) => rewrapItem(key, item, random),
      ),
  })

  const datakeying = {
    params: bodies.named.extend({ kind: z.enum(['plaintext', 'wrapped']) }),
    body: bodies.datakeying,
  }
  app.route({
    method: ['POST', 'PUT'],
    url: '/transit/datakey/:kind/:name',
    ...throughToken,
    schema: datakeying,
    handler: (request, reply) => {
      const { kind, name } = request.params
      return using<z.infer<typeof bodies.dataKeyItem>>(
        request,
        reply,
        name,
        'datakey',
        request.body ?? {},
        (key, item) => dataKey(key, item, kind === 'plaintext', random),
      )
    },
  })

  const algorithm = bodies.named.extend({ algorithm: z.string().max(50).optional() })
  const hmacking = { params: algorithm, body: bodies.hmacking }
  for (const path of ['/transit/hmac/:name', '/transit/hmac/:name/:algorithm'])
    app.route({
      method: ['POST', 'PUT'],
      url: path,
      ...throughToken,
      bodyLimit,
      schema: hmacking,
      handler: (request, reply) => {
        const { params, body } = request
        const hash = hashOf(params.algorithm, body.algorithm)
        return using<z.infer<typeof bodies.digestItem>>(
          request,
          reply,
          params.name,
          'hmac',
          body,
          (key, item) => hmacItem(key, item, hash, body.key_version),
        )
      },
    })

  const signing = { params: algorithm, body: bodies.signing }
  for (const path of ['/transit/sign/:name', '/transit/sign/:name/:algorithm'])
    app.route({
      method: ['POST', 'PUT'],
      url: path,
      ...throughToken,
      bodyLimit,
      schema: signing,
      handler: (request, reply) => {
        const { params, body } = request
        const how = algorithmsOf(body, params.algorithm)
        return using<z.infer<typeof bodies.digestItem>>(
          request,
          reply,
          params.name,
          'sign',
          body,
          (key, item) => signItem(key, item, how, body.key_version),
        )
      },
    })

  const verifying = { params: algorithm, body: bodies.verifying }
  for (const path of ['/transit/verify/:name', '/transit/verify/:name/:algorithm'])
    app.route({
      method: ['POST', 'PUT'],
      url: path,
      ...throughToken,
      bodyLimit,
      schema: verifying,
      handler: (request, reply) => {
        const { params, body } = request
        const how = algorithmsOf(body, params.algorithm)
        return using<z.infer<typeof bodies.verifyItem>>(
          request,
          reply,
          params.name,
          'verify',
          body,
          (key, item) => verifyItem(key, item, how),
        )
      },
    })
}
