import { check, fails, holds, outside } from '@hevd/core'
import { drillRecords } from '@hevd/facts'
import { rememberedSources } from '../../populations.ts'

/** The last drill of a source passed. One that could not be carried out tells nothing; when one is due is another rule. */
export const lastDrillPassed = check('storage-encrypted/last-drill-passed', {
  of: rememberedSources,
  reads: ({ id }) => ({ drills: drillRecords.ofPlan(id) }),
  judge: ({ endedAt }, { drills }) => {
    const last = drills.facts.map(({ value }) => value).toSorted((a, b) => b.endedAt - a.endedAt)[0]
    if (endedAt !== null || last === undefined) return outside
    const { endedAt: at, backup, tables, files } = last
    return last.outcome === 'failed'
      ? fails('drill-failed', { at, backup, code: last.code ?? '' })
      : holds('drill-passed', { at, tables, files })
  },
})
