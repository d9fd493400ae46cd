import type { ControlSummary } from '@hevd/posture/contract'
import { numeral, useLocale, useWords, words } from '@hevd/ui'

const text = words({
  fails: {
    nb: (some: string, all: string) => `${some} av ${all} er ikke i orden`,
    en: (some: string, all: string) => `${some} of ${all} are not in order`,
  },
  unknown: {
    nb: (some: string, all: string) => `${some} av ${all} er ikke sett`,
    en: (some: string, all: string) => `${some} of ${all} not seen`,
  },
  excepted: {
    nb: (some: string, all: string) => `${some} av ${all} er unntatt`,
    en: (some: string, all: string) => `${some} of ${all} excepted`,
  },
  holds: {
    nb: (all: string) => `Alle ${all} er i orden`,
    en: (all: string) => `All ${all} in order`,
  },
  one: { nb: 'Den ene vi kjenner, er i orden', en: 'The only one known is in order' },
})

/** The counts that say most: what fails, else what was not seen, else what is excepted. Null when there are none. */
export function useCountsInWords(counts: ControlSummary['counts']): string | null {
  const said = useWords(text)
  const locale = useLocale()
  const all = counts.holds + counts.fails + counts.unknown
  if (all === 0) return null
  const open = counts.fails - counts.excepted
  const number = (value: number) => numeral(value, locale)
  if (open > 0) return said.fails(number(open), number(all))
  if (counts.unknown > 0) return said.unknown(number(counts.unknown), number(all))
  if (counts.excepted > 0) return said.excepted(number(counts.excepted), number(all))
  return all === 1 ? said.one : said.holds(number(all))
}
