import type { ControlSummary, PolicyView } from '@hevd/posture/contract'
import { useLocale, useResource } from '@hevd/ui'
import { useMemo } from 'react'

/** The controls of the policy by id, in its order, and what each is called; a control that is not there is called by its id. */
export function useControls(): {
  readonly byId: ReadonlyMap<string, ControlSummary>
  readonly sections: PolicyView['sections']
  titleOf(id: string): string
} {
  const locale = useLocale()
  const policy = useResource<PolicyView>('/api/policy')
  const sections = policy.data?.sections ?? none
  const byId = useMemo(
    () => new Map(sections.flatMap(({ controls }) => controls).map((control) => [control.id, control])),
    [sections],
  )
  return { byId, sections, titleOf: (id) => byId.get(id)?.title[locale] ?? id }
}

const none: PolicyView['sections'] = []
