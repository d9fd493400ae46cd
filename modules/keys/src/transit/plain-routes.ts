import { hash } from 'node:crypto'
import type { App } from '@hevd/http'
import { z } from 'zod'
import { hashes } from '../domain/hashes.ts'
import * as bodies from './bodies.ts'
import { callerOf, type TransitDeps } from './calling.ts'
import { envelope } from './envelope.ts'
import { TransitError } from './errors.ts'
import { throughToken } from './registering.ts'
import { hashOf } from './signing.ts'
import { bytesOf } from './versions.ts'

const longestRandom = 131_072

/** What needs a token and no key: random bytes, and hashes. */
export function plainRoutes(app: App, deps: TransitDeps): void {
  const randoming = {
    params: z.object({ first: z.string().optional(), second: z.string().optional() }),
    body: bodies.randoming,
  }
  for (const path of ['/transit/random', '/transit/random/:first', '/transit/random/:first/:second'])
    app.route({
      method: ['POST', 'PUT'],
      url: path,
      ...throughToken,
      schema: randoming,
      handler: async (request) => {
        await callerOf(deps, request)
        const { first, second } = request.params
        // A source may stand before the length; there is one.
        const inPath = second ?? (first !== undefined && /^\d+$/.test(first) ? first : undefined)
        const bytes = Number(inPath ?? request.body?.bytes ?? 32)
        if (!Number.isInteger(bytes) || bytes < 1 || bytes > longestRandom)
          throw new TransitError(400, `bytes is from 1 to ${longestRandom}`)
        const made = deps.context.random(bytes)
        return envelope({ random_bytes: made.toString(formatOf(request.body?.format, 'base64')) })
      },
    })

  const hashing = { params: z.object({ algorithm: z.string().optional() }), body: bodies.hashing }
  for (const path of ['/transit/hash', '/transit/hash/:algorithm'])
    app.route({
      method: ['POST', 'PUT'],
      url: path,
      ...throughToken,
      schema: hashing,
      handler: async (request) => {
        await callerOf(deps, request)
        const { input, algorithm, format } = request.body
        const name = hashes[hashOf(request.params.algorithm, algorithm)]
        const sum = hash(name, bytesOf(input, 'input'), 'buffer')
        return envelope({ sum: sum.toString(formatOf(format, 'hex')) })
      },
    })
}

function formatOf(given: string | null | undefined, usual: 'hex' | 'base64'): 'hex' | 'base64' {
  if (given === null || given === undefined) return usual
  if (given === 'hex' || given === 'base64') return given
  throw new TransitError(400, 'unsupported encoding format: hex, base64')
}
