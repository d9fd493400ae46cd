import { milliseconds } from '@hevd/core'
import type { PolicyText } from '@hevd/posture'
import type { Trial } from './contract.ts'
import type { Context } from './deps.ts'
import { applied } from './domain/change.ts'
import { valueFault } from './domain/parameter-values.ts'
import { AmendmentError } from './errors.ts'
import { draftOf } from './store.ts'
import { draftControls } from './view.ts'

/**
 * What would stand if a draft were in force. Wordings need not be finished; with a value that no test can use it throws
 * `draft-faulty`. Throws `no-such-draft`, or `draft-over` of one that was decided on.
 */
export async function tryDraft(context: Context, organisation: string, id: string): Promise<Trial> {
  const { db, posture, catalogue, config } = context
  const controls = await db.transaction(organisation, async (tx) => {
    const draft = await draftOf(tx, organisation, id)
    if (draft === undefined) throw new AmendmentError('no-such-draft')
    if (draft.outcome !== null) throw new AmendmentError('draft-over')
    return draftControls(context, draft, await posture.texts(tx, organisation))
  })
  const texts = new Map<string, PolicyText>()
  for (const { control: id, inForce, change } of controls) {
    const control = catalogue.controls.get(id)
    if (control === undefined) continue
    for (const [name, value] of Object.entries(change.parameters ?? {}))
      if (valueFault(control, name, value) !== null) throw new AmendmentError('draft-faulty')
    texts.set(id, applied(inForce, change))
  }
  const tried = await posture.tryOut(organisation, texts, milliseconds(config.trialTime))
  const titles = new Map(controls.map(({ control, title }) => [control, title]))
  return {
    ...tried,
    controls: tried.controls.map((one) => ({
      ...one,
      title: titles.get(one.control) ?? { nb: one.control, en: one.control },
    })),
    flips: [...tried.flips],
  }
}
