import { locales } from '@hevd/core'
import { publishedTexts } from '@hevd/facts'
import type { App } from '@hevd/http'
import type { TextInForce } from '@hevd/posture'
import type { Context } from './deps.ts'
import { policyDigest } from './verify/policy-digest.ts'
import { readPage } from './verify/read-page.ts'
import type { ShownControl } from './verify/shown.ts'

/** Register of what the public page was seen to show. */
export const register = {
  name: 'trust-page',
  title: { nb: 'Den offentlige siden, lest tilbake', en: 'The public page, read back' },
  types: ['published-text'],
} as const

export type ReadBack = {
  /** Reads the organisation's page in every language and says what it shows; nothing when it shows the same as before. */
  read(organisation: string, host: string): Promise<void>
}

/**
 * Reads our own page as a visitor gets it, through the server's own door. The digest of a language is over the words
 * that were read in it, the approved ones in the other and the approved parameters, so that it differs exactly when
 * that language shows something else.
 */
export function readBack(context: Context, app: App): ReadBack {
  const said = new Map<string, ReadonlyMap<string, string>>()
  return {
    async read(organisation, host) {
      const { db, posture } = context
      const approved = await db.transaction(organisation, (tx) => posture.texts(tx, organisation))
      const seen = new Map<string, string>()
      for (const locale of locales) {
        const answer = await app.inject({ url: '/trust', query: { lang: locale }, headers: { host } })
        const page = answer.statusCode === 200 ? readPage(answer.body) : null
        if (page?.locale !== locale) return
        for (const control of page.controls)
          seen.set(`${control.id}/${locale}`, await digestOf(approved.get(control.id), control, locale))
      }
      const before = said.get(organisation)
      const changed = [...seen].filter(([key, digest]) => before?.get(key) !== digest)
      const gone = [...(before?.keys() ?? [])].filter((key) => !seen.has(key))
      if (changed.length === 0 && gone.length === 0) return
      await db.transaction(organisation, async (tx) => {
        await context.feeds.openRegister(tx, organisation, register)
        const facts = changed.map(([key, digest]) => factOf(key, digest))
        if (facts.length > 0) await context.feeds.put(tx, organisation, register.name, facts)
        const keys = gone.map((key) => ({ type: 'published-text', key }))
        if (keys.length > 0) await context.feeds.remove(tx, organisation, register.name, keys)
      })
      said.set(organisation, seen)
    },
  }
}

function factOf(key: string, digest: string): { readonly type: string; readonly value: unknown } {
  const [control = '', locale = ''] = key.split('/')
  return { type: publishedTexts.name, value: { control, locale, digest } }
}

async function digestOf(
  approved: TextInForce | undefined,
  shown: ShownControl,
  locale: (typeof locales)[number],
): Promise<string> {
  if (approved === undefined) return ''
  const { title, statement, how, parameters } = approved
  return policyDigest({
    id: shown.id,
    title: { ...title, [locale]: shown.title },
    statement: { ...statement, [locale]: shown.statement },
    how: { ...how, [locale]: shown.how },
    parameters,
  })
}
