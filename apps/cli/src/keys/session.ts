import type { Bilingual, Locale } from '@hevd/core'
import { z } from 'zod'
import type { Ask } from './ask.ts'
import { CallError } from './errors.ts'

/** Calls of a server's API by somebody who has signed in. Throws CallError with the server's own words. */
export type Session = {
  read<T>(path: string, schema: z.ZodType<T>): Promise<T>
  act<T>(method: 'POST' | 'DELETE', path: string, body: object | null, schema: z.ZodType<T>): Promise<T>
  /** Ends it. */
  end(): Promise<void>
}

const words = {
  userName: { nb: 'Brukernavn', en: 'User name' },
  passphrase: { nb: 'Passfrase', en: 'Passphrase' },
} as const satisfies { readonly [name: string]: Bilingual }

/** Signs in with a user name and a passphrase, which are asked for where they are not given. */
export async function signIn(
  server: string,
  userName: string | undefined,
  ask: Ask,
  locale: Locale,
): Promise<Session> {
  const name = userName ?? (await ask(words.userName[locale], false))
  const passphrase = await ask(words.passphrase[locale], true)
  const signedIn = await call(server, 'POST', '/api/sign-in', null, { userName: name, passphrase })
  const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const asked = async <T>(method: string, path: string, body: object | null, schema: z.ZodType<T>) =>
    schema.parse(await (await call(server, method, path, cookie, body)).json())
  return {
    read: (path, schema) => asked('GET', path, null, schema),
    act: asked,
    end: async () => {
      await call(server, 'POST', '/api/sign-out', cookie, null)
    },
  }
}

/** What a server says to everybody. */
export async function readOpen<T>(server: string, path: string, schema: z.ZodType<T>): Promise<T> {
  return schema.parse(await (await call(server, 'GET', path, null, null)).json())
}

const problem = z.object({ words: z.object({ nb: z.string(), en: z.string() }) })

async function call(
  server: string,
  method: string,
  path: string,
  cookie: string | null,
  body: object | null,
): Promise<Response> {
  const answer = await fetch(`${server}${path}`, {
    method,
    headers: {
      ...(cookie === null ? {} : { cookie }),
      ...(body === null ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === null ? {} : { body: JSON.stringify(body) }),
  }).catch((error: unknown) => {
    throw new CallError(notAnswering(server, error))
  })
  if (answer.ok) return answer
  const said = problem.safeParse(await answer.json().catch(() => null))
  throw new CallError(said.data?.words ?? notUnderstood(server, answer.status))
}

const notAnswering = (server: string, error: unknown): Bilingual => {
  const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : ''
  return {
    nb: `Ingen Hevd svarer på ${server}${cause}. Start den, eller oppgi adressen med --server.`,
    en: `No Hevd answers at ${server}${cause}. Start it, or give its address with --server.`,
  }
}
const notUnderstood = (server: string, status: number): Bilingual => ({
  nb: `${server} svarte ${status}, som ikke er noe Hevd sier. Se om adressen er riktig.`,
  en: `${server} answered ${status}, which is nothing that Hevd says. See whether the address is right.`,
})
