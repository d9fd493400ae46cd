import type { Bilingual, Wording } from '@hevd/core'
import type { Answerable } from '@hevd/http'

type Worded = { readonly status: number } & Wording<{ readonly [name: string]: string }>

/** What can be wrong with a call to this module. The table in README.md lists the same codes. */
export const trustErrors = {
  'nothing-published': {
    status: 503,
    nb: () => 'Ingenting er publisert ennå. Den første publiseringen skjer sekunder etter start; prøv igjen.',
    en: () => 'Nothing is published yet. The first publication comes seconds after the start; try again.',
  },
  'no-such-control': {
    status: 404,
    nb: ({ control }) => `Policyen har ingen kontroll som heter ${control}.`,
    en: ({ control }) => `The policy has no control called ${control}.`,
  },
  'nothing-withheld': {
    status: 404,
    nb: ({ control, sequence }) =>
      `Blad ${sequence} av ${control} finnes ikke, eller det holder ingenting tilbake.`,
    en: ({ control, sequence }) => `Leaf ${sequence} of ${control} does not exist, or it withholds nothing.`,
  },
} as const satisfies Record<string, Worded>
export type TrustErrorCode = keyof typeof trustErrors

export class TrustError extends Error implements Answerable {
  readonly status: number
  readonly code: TrustErrorCode
  readonly words: Bilingual

  constructor(code: TrustErrorCode, params: { readonly [name: string]: string } = {}) {
    const worded: Worded = trustErrors[code]
    super(worded.en(params))
    this.name = 'TrustError'
    this.status = worded.status
    this.code = code
    this.words = { nb: worded.nb(params), en: worded.en(params) }
  }
}
