import type { Instant } from '@hevd/core'
import type { Publicity, Shows } from '../contract.ts'

/** What was decided of a control, as it is kept. */
export type Decision = {
  readonly control: string
  readonly shows: Shows
  readonly showed: Shows
  readonly takesEffectAt: Instant
}

const openness = { statement: 0, status: 1, 'status-and-history': 2 } as const satisfies Record<Shows, number>

/** Whether `to` shows less than `from`. */
export function withholds(from: Shows, to: Shows): boolean {
  return openness[to] < openness[from]
}

/** What a control shows at `now`; without a decision, its statement. */
export function publicityAt(control: string, decision: Decision | undefined, now: Instant): Publicity {
  if (decision === undefined) return { control, shows: 'statement', next: null }
  const { shows, showed, takesEffectAt } = decision
  return takesEffectAt <= now
    ? { control, shows, next: null }
    : { control, shows: showed, next: { shows, at: takesEffectAt } }
}
