import type { ControlChange, PolicyReading } from '@hevd/amendments/contract'
import type { Bilingual } from '@hevd/core'
import { same } from './edited.ts'

/** A sentence of a policy that was read. */
export type Sentence = PolicyReading['sentences'][number]
/** A value read out of a sentence. */
export type ReadValue = Sentence['parameters'][number]

/** What the reader makes of a reading. */
export type Chosen = {
  /** By the sentence's index: the control it speaks of; null where nothing tests it. */
  readonly controls: { readonly [sentence: number]: string | null }
  /** By {@link valueKey}: the sentence whose value is taken; null for the value in force. */
  readonly values: { readonly [key: string]: number | null }
}

export function valueKey({ control, name }: Pick<ReadValue, 'control' | 'name'>): string {
  return `${control}|${name}`
}

/** What is proposed: each sentence's own control, and the first value read that differs from what is in force. */
export function proposed(sentences: readonly Sentence[]): Chosen {
  const values: Record<string, number | null> = {}
  for (const { index, parameters } of sentences)
    for (const value of parameters) if (!same(value.value, value.inForce)) values[valueKey(value)] ??= index
  return { controls: Object.fromEntries(sentences.map(({ index, control }) => [index, control])), values }
}

/** A choice with another control for a sentence; what was read out of one that nothing tests is let go. */
export function withControl(chosen: Chosen, { index }: Sentence, control: string | null): Chosen {
  const values = Object.entries(chosen.values).map(
    ([key, from]) => [key, control === null && from === index ? null : from] as const,
  )
  return {
    controls: { ...chosen.controls, [index]: control },
    values: Object.fromEntries(values),
  }
}

/**
 * The changes that a choice makes. With `ownWords` a control's statement becomes the sentences that speak of it, in the
 * language of the file; the other language stays, and the draft then asks for it.
 * @param statementOf a control's statement in force
 */
export function changesOf(
  { locale, sentences }: PolicyReading,
  chosen: Chosen,
  ownWords: boolean,
  statementOf: (control: string) => Bilingual | undefined,
): { readonly [control: string]: ControlChange } {
  const changes: Record<string, ControlChange> = {}
  for (const sentence of sentences) {
    for (const value of sentence.parameters) {
      if (chosen.values[valueKey(value)] !== sentence.index) continue
      const change = changes[value.control]
      changes[value.control] = {
        ...change,
        parameters: { ...change?.parameters, [value.name]: value.value },
      }
    }
    const control = chosen.controls[sentence.index] ?? null
    const inForce = control === null ? undefined : statementOf(control)
    if (!ownWords || control === null || inForce === undefined) continue
    const before = changes[control]?.statement?.[locale]
    const own = before === undefined ? sentence.text : `${before} ${sentence.text}`
    changes[control] = { ...changes[control], statement: { ...inForce, [locale]: own } }
  }
  return changes
}
