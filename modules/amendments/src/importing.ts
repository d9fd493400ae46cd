import type { Tx } from '@hevd/postgres'
import { textOnly } from '@hevd/posture'
import type { z } from 'zod'
import type { importedDraft } from './contract.ts'
import type { Context } from './deps.ts'
import { effective } from './domain/change.ts'
import { makeDraft } from './writing.ts'
import { readPolicyYaml } from './yaml/import.ts'

/** Makes a draft of what a file says otherwise than the policy in force; of a file with a fault, none. */
export async function importPolicy(
  context: Context,
  tx: Tx,
  organisation: string,
  { title, yaml }: { readonly title: string; readonly yaml: string },
  by: string,
): Promise<z.infer<typeof importedDraft>> {
  const read = readPolicyYaml(yaml, context.catalogue)
  if ('faults' in read) return { draft: null, faults: [...read.faults] }
  const texts = await context.posture.texts(tx, organisation)
  const differs = Object.entries(read.changes).some(([control, change]) => {
    const text = texts.get(control)
    return text !== undefined && effective(textOnly(text), change) !== null
  })
  if (!differs) return { draft: null, faults: [] }
  const draft = await makeDraft(
    context,
    tx,
    organisation,
    { title, source: 'file', changes: read.changes },
    by,
  )
  return { draft, faults: [] }
}
