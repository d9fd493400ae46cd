import type { Bilingual } from '@hevd/core'

const quoted = ({ nb, en }: Bilingual): Bilingual => ({ nb: `«${nb}»`, en: `“${en}”` })

/** What judging asks of people, in words. */
export const askWords = {
  fails: (title: Bilingual): Bilingual => ({
    nb: `${quoted(title).nb} er ikke overholdt`,
    en: `${quoted(title).en} is not upheld`,
  }),
  due: (title: Bilingual, count: number): Bilingual => ({
    nb: count === 1 ? `Frist: ${title.nb}` : `${count} frister: ${title.nb}`,
    en: count === 1 ? `Due: ${title.en}` : `${count} due: ${title.en}`,
  }),
  outside: (title: Bilingual): Bilingual => ({
    nb: `Se på nytt om ${quoted(title).nb} gjelder for virksomheten`,
    en: `Look again at whether ${quoted(title).en} applies to the organisation`,
  }),
  waits: (title: Bilingual): Bilingual => ({
    nb: `Et unntak fra ${quoted(title).nb} venter på godkjenning`,
    en: `An exception from ${quoted(title).en} waits for approval`,
  }),
  manyWait: (count: number): Bilingual => ({
    nb: `${count} unntak venter på godkjenning`,
    en: `${count} exceptions wait for approval`,
  }),
  manyWaitWhat: {
    nb: 'Til de er avgjort, teller det de gjelder som ikke overholdt.',
    en: 'Until they are decided on, what they are about counts as not upheld.',
  },
  ends: (title: Bilingual): Bilingual => ({
    nb: `Et unntak fra ${quoted(title).nb} løper ut`,
    en: `An exception from ${quoted(title).en} runs out`,
  }),
  mend: { nb: 'Se hva som må rettes', en: 'See what to mend' },
  see: { nb: 'Se hva det gjelder', en: 'See what it is about' },
  decide: { nb: 'Ta stilling', en: 'Decide' },
} as const
