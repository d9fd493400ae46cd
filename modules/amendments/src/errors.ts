import type { Bilingual } from '@hevd/core'
import type { Answerable } from '@hevd/http'

/** What can be wrong with changing the policy. The table in README.md lists the same codes. */
export const amendmentErrors = {
  'no-such-draft': {
    status: 404,
    words: { nb: 'Utkastet finnes ikke.', en: 'There is no such draft.' },
  },
  'no-such-control': {
    status: 404,
    words: { nb: 'Policyen har ingen slik kontroll.', en: 'The policy has no such control.' },
  },
  'changed-meanwhile': {
    status: 409,
    words: {
      nb: 'Noen har endret utkastet etter at du åpnet det. Last det på nytt, se hva som er endret, og prøv igjen.',
      en: 'Somebody changed the draft after you opened it. Load it again, see what was changed, and try again.',
    },
  },
  'draft-over': {
    status: 409,
    words: {
      nb: 'Utkastet er avgjort eller trukket. Lag et nytt.',
      en: 'The draft was decided on or withdrawn. Make a new one.',
    },
  },
  'not-submitted': {
    status: 409,
    words: {
      nb: 'Utkastet er ikke sendt til godkjenning. Send det først.',
      en: 'The draft was not submitted for approval. Submit it first.',
    },
  },
  'already-submitted': {
    status: 409,
    words: { nb: 'Utkastet er alt sendt til godkjenning.', en: 'The draft is submitted already.' },
  },
  'nothing-changed': {
    status: 409,
    words: {
      nb: 'Utkastet endrer ingenting. Endre noe, eller trekk det.',
      en: 'The draft changes nothing. Change something, or withdraw it.',
    },
  },
  'draft-faulty': {
    status: 409,
    words: {
      nb: 'Utkastet har feil som må rettes først. De står ved hver kontroll.',
      en: 'The draft has faults that must be mended first. They stand at each control.',
    },
  },
  'draft-overtaken': {
    status: 409,
    words: {
      nb: 'En kontroll i utkastet er endret av en annen godkjenning. Se over den på nytt, eller ta den ut.',
      en: 'A control of the draft was amended by another approval. Look at it again, or take it out.',
    },
  },
  'own-amendment': {
    status: 403,
    words: {
      nb: 'Du har selv skrevet i utkastet eller sendt det inn. En annen administrator må godkjenne det.',
      en: 'You wrote in the draft or submitted it yourself. Another administrator must approve it.',
    },
  },
  'not-administrator': {
    status: 403,
    words: {
      nb: 'Bare en administrator kan godkjenne utkastet.',
      en: 'Only an administrator can approve the draft.',
    },
  },
  'page-not-read': {
    status: 400,
    words: {
      nb: 'Siden kan ikke leses. Lagre den som tekst, HTML eller PDF, og prøv igjen.',
      en: 'The page cannot be read. Save it as text, HTML or PDF, and try again.',
    },
  },
} as const satisfies Record<string, Omit<Answerable, 'code'>>
export type AmendmentErrorCode = keyof typeof amendmentErrors

export class AmendmentError extends Error implements Answerable {
  readonly status: number
  readonly code: AmendmentErrorCode
  readonly words: Bilingual

  /** @param words what is wrong more exactly, in the place of the table's */
  constructor(code: AmendmentErrorCode, words: Bilingual = amendmentErrors[code].words) {
    const { status } = amendmentErrors[code]
    super(words.en)
    this.name = 'AmendmentError'
    this.status = status
    this.code = code
    this.words = words
  }
}
