import type { Locale } from '@hevd/core'
import type { Hit } from '../lexicon.ts'
import type { Word } from '../words.ts'
import { numberOf } from './number-words.ts'
import type { Quantity } from './quantity.ts'

/** Percentages: “95 %”, “99 prosent”, “80 per cent”. */
export function percentagesIn(text: string, words: readonly Word[]): Quantity[] {
  return words.flatMap((word, at): Quantity[] => {
    if (!/^\d{1,3}$/.test(word.form)) return []
    const sign = /^\s*%/.test(text.slice(word.end))
    const spelled =
      /^(prosent|percent)$/.test(words[at + 1]?.form ?? '') ||
      (words[at + 1]?.form === 'per' && words[at + 2]?.form === 'cent')
    return sign || spelled
      ? [{ kind: 'percent', value: Number(word.form), unsure: null, deadline: false, from: at, to: at + 1 }]
      : []
  })
}

/** Articles say nothing of a number, unless “at least” stands before. */
const article = /^(a|an|en|et)$/

/** How many of what `hits` name: “two reviewers”, “fem navngitte nøkkelholdere” (one word may stand between). */
export function countsOf(hits: readonly Hit[], words: readonly Word[], language: Locale): Quantity[] {
  return words.flatMap((word, at): Quantity[] => {
    const count = numberOf(word.form, language)
    if (count === null) return []
    if (
      article.test(word.form) &&
      !/^(least|minst|én)$/.test(words[at - 1]?.form ?? '') &&
      word.text.toLowerCase() !== 'én'
    )
      return []
    const hit = hits.find(({ from }) => from === at + 1) ?? hits.find(({ from }) => from === at + 2)
    if (hit === undefined) return []
    const ofMany =
      /^(of|av)$/.test(words[at - 1]?.form ?? '') && numberOf(words[at - 2]?.form ?? '', language) !== null
    return [
      {
        kind: 'number',
        value: ofMany ? null : count,
        unsure: ofMany ? 'range' : null,
        deadline: false,
        from: at,
        to: hit.to,
      },
    ]
  })
}
