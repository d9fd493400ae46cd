import type { DraftSummary } from '@hevd/amendments/contract'
import { useReader, useResource } from '@hevd/ui'

/** Open drafts that the reader has written in, the newest first; null while they are fetched. */
export function useOwnDrafts(): readonly DraftSummary[] | null {
  const reader = useReader()
  const drafts = useResource<readonly DraftSummary[]>('/api/policy/drafts')
  if (drafts.data === undefined) return drafts.error === null ? null : []
  return drafts.data.filter(
    ({ state, editors, madeBy }) =>
      state === 'open' && reader !== null && (madeBy === reader.id || editors.includes(reader.id)),
  )
}
