import type { Locale } from '@hevd/core'

const words = {
  en: 'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty',
  nb: 'null en to tre fire fem seks sju åtte ni ti elleve tolv tretten fjorten femten seksten sytten atten nitten tjue',
}
const tens = {
  en: 'thirty forty fifty sixty seventy eighty ninety',
  nb: 'tretti førti femti seksti sytti åtti nitti',
}
const more: { readonly [language in Locale]: { readonly [word: string]: number } } = {
  en: { a: 1, an: 1, single: 1, hundred: 100 },
  nb: { ett: 1, et: 1, syv: 7, tyve: 20, tredve: 30, hundre: 100 },
}
const ordinals = {
  en: 'zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth',
  nb: 'nulte første andre tredje fjerde femte sjette sjuende åttende niende tiende ellevte tolvte',
}

/** The numbers of a language by word, 0 to 100. */
export const numbers: { readonly [language in Locale]: ReadonlyMap<string, number> } = {
  en: table('en'),
  nb: table('nb'),
}

function table(language: Locale): ReadonlyMap<string, number> {
  const small = words[language].split(' ').map((word, index) => [word, index] as const)
  const large = tens[language].split(' ').map((word, index) => [word, 30 + 10 * index] as const)
  const joined =
    language === 'nb'
      ? [['tjue', 20] as const, ...large].flatMap(([ten, value]) =>
          small.slice(1, 10).map(([one, added]) => [ten + one, value + added] as const),
        )
      : []
  return new Map([...small, ...large, ...joined, ...Object.entries(more[language])])
}

/** A whole number in figures or words; null where the word is none. */
export function numberOf(form: string, language: Locale): number | null {
  return /^\d{1,6}$/.test(form) ? Number(form) : (numbers[language].get(form) ?? null)
}

/** “sixth”, “sjette”, “6th”; of nb also “annen”, “annet”. */
export function ordinalOf(form: string, language: Locale): number | null {
  const at = ordinals[language].split(' ').indexOf(form)
  if (at > 0) return at
  if (language === 'nb') return /^ann(en|et)$/.test(form) ? 2 : null
  return form === 'other' ? 2 : null
}
