import type { Bilingual, Locale } from '@hevd/core'

/** What the public page says by itself; the promises' own words come from the log's leaves. */
export const pageWords = {
  title: { nb: 'Sikkerhetspolicy', en: 'Security policy' },
  lead: {
    nb: 'Dette lover vi om sikkerhet. Ved siden av hvert løfte står det som sist ble målt og signert.',
    en: 'This is what we promise about security. Beside each promise stands what was last measured and signed.',
  },
  strip: { nb: 'Hele policyen, ett merke per kontroll', en: 'The whole policy, one mark per control' },
  outline: { nb: 'Innhold', en: 'Contents' },
  verify: { nb: 'Kontroller bevisene', en: 'Verify the proofs' },
  verifyAbout: {
    nb: 'Nettleseren din regner om alt på siden og holder det mot den signerte loggen.',
    en: 'Your browser recomputes everything on the page and holds it against the signed log.',
  },
  verifyWithout: {
    nb: 'Uten JavaScript kan du lese alt her; bevisene kontrollerer du da med hevd verify.',
    en: 'Without JavaScript you can read all of this; check the proofs with hevd verify.',
  },
  how: { nb: 'Slik gjør vi det', en: 'How we do it' },
  parameters: { nb: 'Tall og frister', en: 'Numbers and deadlines' },
  history: { nb: 'Tidligere', en: 'Before' },
  state: { nb: 'Status', en: 'Status' },
  other: { nb: 'In English', en: 'På norsk' },
  skip: { nb: 'Gå til policyen', en: 'Go to the policy' },
  provesTitle: { nb: 'Hva dette beviser', en: 'What this proves' },
  proves: {
    nb: 'En logg beviser at noe ikke er skrevet om, aldri at det er sant. Beviset sier at status og tekst er de som ble målt, at de er ferske, og at ingen tidligere status er tatt bort. Det sier ikke at målingen så alt.',
    en: 'A log proves that something was not rewritten, never that it is true. The proof says that status and words are those that were measured, that they are recent, and that no earlier status was taken back. It does not say that the measuring saw everything.',
  },
  elsewhere: {
    nb: 'Siden kontrollerer seg selv med et skript den selv har levert. Mer beviser hevd verify, kjørt et annet sted med en nøkkel du har fra før:',
    en: 'The page checks itself with a script that it delivered itself. More is proven by hevd verify, run elsewhere with a key that you already have:',
  },
  log: { nb: 'Loggen', en: 'The log' },
  key: { nb: 'Kontrollnøkkel', en: 'Verifier key' },
  times: { nb: 'Klokkeslett er i tidssonen', en: 'Times are in the time zone' },
  withheld: {
    nb: 'Status som ikke er publisert, står i loggen som en forpliktelse hver time, og kan åpnes for en revisor.',
    en: 'A status that is not published stands in the log as an hourly commitment, and can be opened to an auditor.',
  },
  nothing: { nb: 'Siden er ikke publisert ennå', en: 'The page is not published yet' },
} as const satisfies { readonly [name: string]: Bilingual }

export type PageWord = keyof typeof pageWords

export function says(locale: Locale): (word: PageWord) => string {
  return (word) => pageWords[word][locale]
}

/** The heading of the tab: `Sikkerhetspolicy – Virksomheten`. */
export function tabTitle(locale: Locale, organisation: string): string {
  return `${pageWords.title[locale]} – ${organisation}`
}
