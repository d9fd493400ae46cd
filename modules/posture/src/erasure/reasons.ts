import { canonicalJson, type Reason } from '@hevd/core'
import { type Erased, namePattern, scrubbed } from '@hevd/feeds'
import type { Tx } from '@hevd/postgres'
import { type Reasoned, reasonsThatMayName, rereason } from './store.ts'

/** Takes the person out of what reasons say: of those judged from inputs that named them, and of any with their names in it. */
export async function scrubReasons(
  tx: Tx,
  organisation: string,
  inputs: readonly Buffer[],
  erased: Erased,
): Promise<void> {
  const rows = await reasonsThatMayName(tx, organisation, inputs, erased, namePattern(erased))
  const changed = rows.flatMap((row): Reasoned[] => {
    const why = without(row.why, erased)
    const next_why = without(row.next_why, erased)
    return why === row.why && next_why === row.next_why ? [] : [{ ...row, why, next_why }]
  })
  await rereason(tx, organisation, changed)
}

function without(why: string | null, erased: Erased): string | null {
  if (why === null) return null
  const reason: Reason = JSON.parse(why)
  return canonicalJson({ ...reason, params: scrubbed(reason.params, erased, { ids: true }) })
}
