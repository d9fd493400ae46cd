import { listed, reason } from '@hevd/core'

export const reasons = {
  'publication-awaited': reason<{ by: number }>({
    nb: ({ by }, { moment }) =>
      `Teksten er nettopp godkjent og skal stå på den offentlige siden innen ${moment(by)}.`,
    en: ({ by }, { moment }) =>
      `The text has just been approved and is to be on the public page by ${moment(by)}.`,
  }),
  'published-differs': reason<{ locales: readonly string[] }>({
    nb: ({ locales }) =>
      `Den offentlige siden viser en annen tekst enn den godkjente (${listed('nb', locales)}).`,
    en: ({ locales }) =>
      `The public page shows another text than the approved one (${listed('en', locales)}).`,
  }),
  'not-published': reason<{ locales: readonly string[] }>({
    nb: ({ locales }) => `Teksten står ikke på den offentlige siden (${listed('nb', locales)}).`,
    en: ({ locales }) => `The text is not on the public page (${listed('en', locales)}).`,
  }),
  'review-overdue': reason<{ on: string }>({
    nb: ({ on }, { date }) =>
      `Teksten skulle vært gjennomgått innen ${date(on)}. Les den på nytt og godkjenn den.`,
    en: ({ on }, { date }) => `The text was due for review by ${date(on)}. Read it again and approve it.`,
  }),
}
