import { type Ask, allows } from '@hevd/http'
import type { Tx } from '@hevd/postgres'
import { approval } from './approval.ts'
import type { Context } from './deps.ts'
import { type DraftHead, drafts } from './store.ts'

/** Drafts that wait for approval, of those who may approve them, and what a newer catalogue proposes, of administrators. */
export async function amendmentsAsks(
  { administrators }: Pick<Context, 'administrators'>,
  tx: Tx,
  organisation: string,
): Promise<readonly Ask[]> {
  const all = await drafts(tx, organisation)
  const waiting = all.filter(({ state }) => state === 'submitted')
  const may = waiting.length === 0 ? [] : await administrators(organisation)
  const newer = all.filter(({ state, source }) => state === 'open' && source === 'catalogue')
  return [...waiting.map((draft) => draftAsk(draft, may)), ...newer.map(catalogueAsk)]
}

function draftAsk(draft: DraftHead, administrators: readonly string[]): Ask {
  return {
    id: `draft/${draft.id}`,
    kind: 'draft-waits',
    title: {
      nb: 'Et utkast til endring av policyen venter på godkjenning',
      en: 'A draft that changes the policy waits for approval',
    },
    what: { nb: draft.title, en: draft.title },
    since: draft.submitted_at,
    deadline: null,
    action: { nb: 'Les og ta stilling', en: 'Read and decide' },
    to: `/drafts/${encodeURIComponent(draft.id)}`,
    urgent: false,
    of: (account) => {
      const by = { id: account.id, administrator: allows('administrator', account) }
      return !(approval(draft, by, administrators) instanceof Error)
    },
  }
}

function catalogueAsk({ id, title, made_at: since }: DraftHead): Ask {
  return {
    id: `draft/${id}/newer`,
    kind: 'catalogue-newer',
    title: {
      nb: 'En nyere katalog foreslår endringer i policyen',
      en: 'A newer catalogue proposes changes to the policy',
    },
    what: { nb: title, en: title },
    since,
    deadline: null,
    action: { nb: 'Se hva som er nytt', en: 'See what is new' },
    to: `/drafts/${encodeURIComponent(id)}`,
    urgent: false,
    of: (account) => allows('administrator', account),
  }
}
