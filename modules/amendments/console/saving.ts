import type { ControlChange, DraftControl, DraftDetail, DraftSummary } from '@hevd/amendments/contract'
import { call, type Problem, useAction, useReader, useResource } from '@hevd/ui'
import { useState } from 'react'

/** What changes with a draft. */
export const draftRefreshes = ['/api/policy/drafts']

/** Whether the reader may write in a draft: an open one, or one of their own that waits, which is then open again. */
export function useMayWrite({ state, editors }: DraftSummary): boolean {
  const reader = useReader()
  if (reader?.role !== 'administrator') return false
  return state === 'open' || (state === 'submitted' && editors.includes(reader.id))
}

export type Kept = { readonly id: string; readonly faults: DraftControl['faults'] }

/**
 * Saves the change of one control into a draft, or makes the draft with it. Answers the draft and what the server finds
 * wrong with the control, or null where it was not saved, which `problem` says. @param target null for a new draft.
 * @param begun what was found wrong with the change that is gone on with
 */
export function useSaving(
  control: string,
  target: string | null,
  begun: DraftControl['faults'],
): {
  save(title: string, change: ControlChange | null): Promise<Kept | null>
  readonly running: boolean
  readonly problem: Problem | null
  readonly faults: DraftControl['faults']
} {
  const path = target === null ? null : `/api/policy/drafts/${target}`
  const draft = useResource<DraftDetail>(path)
  const [faults, setFaults] = useState(begun)
  const saving = useAction({
    call: ({ title, change }: { readonly title: string; readonly change: ControlChange | null }) =>
      path === null
        ? call<DraftDetail>('POST', '/api/policy/drafts', { title, changes: { [control]: change } })
        : call<DraftDetail>('PUT', `${path}/controls/${encodeURIComponent(control)}`, {
            version: draft.data?.version,
            change,
          }),
    refreshes: draftRefreshes,
  })
  return {
    async save(title, change) {
      const outcome = await saving.run({ title, change })
      if (!outcome.ok) {
        // Another may have written in it meanwhile: the next try is on what it is now.
        if (path !== null) void draft.refetch()
        return null
      }
      const { id, changes } = outcome.answer
      const found = changes.find((each) => each.control === control)?.faults ?? []
      setFaults(found)
      return { id, faults: found }
    },
    running: saving.running,
    problem: saving.problem,
    faults,
  }
}
