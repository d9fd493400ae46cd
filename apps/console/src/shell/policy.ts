import type { Locale, PolicyState } from '@hevd/core'
import type { PolicyView } from '@hevd/posture/contract'
import { places, type Resource, type StripSection, useResource } from '@hevd/ui'

/** The whole policy, looked at again four times a minute; an auditor sees no more than the period, so nothing is asked for. */
export function usePolicy(mayRead = true): Resource<PolicyView> {
  return useResource<PolicyView>(mayRead ? '/api/policy' : null, 15_000)
}

export function stripOf(policy: PolicyView, locale: Locale): readonly StripSection[] {
  return policy.sections.map((section) => ({
    id: section.id,
    title: section.title[locale],
    marks: section.controls.map(({ id, title, state, since }) => ({
      id,
      title: title[locale],
      state,
      since,
      to: places.control(id),
    })),
  }))
}

const order: readonly PolicyState[] = ['fails', 'unknown', 'excepted', 'holds', 'not-applicable']

/** The worst of all, as the favicon shows it. */
export function wholeOf(policy: PolicyView): PolicyState {
  const states = policy.sections.map((section) => section.state)
  return order.find((state) => states.includes(state)) ?? 'unknown'
}
