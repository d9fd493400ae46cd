import type { Instant } from '@hevd/core'
import type { Head, LogSource } from './check-log.ts'
import { readPage } from './read-page.ts'
import type { ShownPage } from './shown.ts'
import { type TrustVerdict, verifyPage } from './verify-page.ts'

export type VerifyOptions = {
  /** Address of the page or of its server. */
  readonly url: string
  readonly fetch: (
    url: string,
  ) => Promise<{ readonly ok: boolean } & Pick<Response, 'text' | 'json' | 'arrayBuffer'>>
  readonly pinnedKey: string | null
  readonly remembered: Head | null
  readonly witnessKeys?: readonly string[]
  readonly now: Instant
}

/**
 * Checks somebody's public page from outside, in both languages: `hevd verify URL --key K`. Rejects when the page
 * cannot be fetched or is not such a page.
 */
export async function verifyTrust(options: VerifyOptions): Promise<TrustVerdict> {
  const { url, fetch, ...rest } = options
  const get = async (path: string) => {
    const response = await fetch(new URL(path, url).href)
    if (!response.ok) throw new Error(`${path} does not answer as a public page of Hevd`)
    return response
  }
  const pages: ShownPage[] = []
  for (const locale of ['nb', 'en']) {
    const page = readPage(await (await get(`/trust?lang=${locale}`)).text())
    if (page?.locale !== locale) throw new Error(`/trust is not a public page of Hevd in ${locale}`)
    pages.push(page)
  }
  const view: unknown = await (await get('/api/trust')).json()
  return verifyPage({ ...rest, pages, view, log: logOver(get) })
}

/** The public log below `/log/`, over whatever fetches. */
export function logOver(get: (path: string) => Promise<Pick<Response, 'text' | 'arrayBuffer'>>): LogSource {
  return {
    checkpoint: async () => (await get('/log/checkpoint')).text(),
    tile: async (path) => new Uint8Array(await (await get(`/log/${path}`)).arrayBuffer()),
  }
}
