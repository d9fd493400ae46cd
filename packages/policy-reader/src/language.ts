import { type Locale, locales } from '@hevd/core'

const common: { readonly [language: string]: string } = {
  nb: 'og i er som på til av med det for ikke vi den har våre vår alle skal et en fra etter mellom uten også noen når dette eller hvert deg du dere blir',
  en: 'the and of to in is our are with we for that a by on be all from this or when you your not must has have',
  nn: 'og i er som på til av med det for ikkje vi den har våre vår alle skal eit ein frå etter mellom utan også nokon når dette eller kvart kva berre dei me vere blir',
  da: 'og i er som på til af med det for ikke vi den har vores vore alle skal et en fra efter mellem uden også nogle når dette eller hvert jer du bliver',
  sv: 'och i är som på till av med det för inte vi den har våra vår alla ska ett en från efter mellan utan också någon när detta eller varje du blir att',
  de: 'und der die das ist nicht wir mit von für auf den im zu werden unsere alle ein eine sind oder',
  fr: 'le la les et nous des est dans pour par sur nos que une un avec sont au du de',
  es: 'el la los las y de en que nuestros con para por una un es son se del todos',
  nl: 'de het een en van wij zijn met voor niet op onze is dat worden alle door te',
}
const lists = Object.entries(common).map(
  ([language, words]) => [language, new Set(words.split(' '))] as const,
)
const fewest = 4

/** The language most of whose common words stand in the text; null where there are too few to tell. */
export function languageOf(
  text: string,
): { readonly language: string; readonly readable: Locale | null } | null {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? []
  const counted = lists
    .map(([language, list]) => ({ language, count: words.filter((word) => list.has(word)).length }))
    .sort((one, other) => other.count - one.count)
  const best = counted[0]
  if (best === undefined || best.count < fewest) return null
  return { language: best.language, readable: locales.find((locale) => locale === best.language) ?? null }
}
