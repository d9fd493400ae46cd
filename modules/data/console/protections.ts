import type { DataSet } from '@hevd/data/contract'
import { listedWords, useLocale, words } from '@hevd/ui'

/** The protections that are claimed by yes or no. */
export const protections = ['encryptedAtRest', 'encryptedInTransit', 'accessRestricted', 'backedUp'] as const
export type Protection = (typeof protections)[number]

export const protectionWords = words({
  encryptedAtRest: { nb: 'Kryptert lagret', en: 'Encrypted at rest' },
  encryptedInTransit: { nb: 'Kryptert under overføring', en: 'Encrypted in transit' },
  accessRestricted: { nb: 'Begrenset tilgang', en: 'Access restricted' },
  backedUp: { nb: 'Sikkerhetskopiert', en: 'Backed up' },
})

/** Those that are claimed, in one line; a dash for none. */
export function useClaimed(): (set: DataSet) => string {
  const locale = useLocale()
  return (set) => {
    const claimed = protections.filter((one) => set[one]).map((one) => protectionWords[one][locale])
    const [first, ...rest] = claimed
    return first === undefined ? '–' : listedWords([first, ...rest.map((name) => name.toLowerCase())], locale)
  }
}
