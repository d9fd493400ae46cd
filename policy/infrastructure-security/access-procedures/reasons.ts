import { reason } from '@hevd/core'

export const reasons = {
  'access-review-overdue': reason<{ grant: string; on: string }>({
    nb: ({ grant, on }, { date }) =>
      `Tilgangen ${grant} skulle vært gjennomgått innen ${date(on)}. Bekreft at den fortsatt trengs, eller avslutt den.`,
    en: ({ grant, on }, { date }) =>
      `The access ${grant} was due for review by ${date(on)}. Confirm that it is still needed, or end it.`,
  }),
  'access-over': reason({
    nb: () => 'Tilgangen gjelder ikke lenger, og trenger ingen gjennomgang.',
    en: () => 'The access is no longer in force and needs no review.',
  }),
}
