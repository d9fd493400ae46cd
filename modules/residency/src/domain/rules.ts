import type { Bilingual } from '@hevd/core'
import { isArea, isPlace } from '@hevd/facts/regions'
import { type FieldFault, wrongDate, wrongText } from '@hevd/register-file'
import { type Customer, customer, type DataStore, dataStore, type Subprocessor } from '../contract.ts'

const noPlace = (code: string): Bilingual => ({
  nb: `«${code}» er ikke et kjent sted. Skriv et land som NO, eller en region som aws:eu-north-1.`,
  en: `“${code}” is no known place. Write a country such as NO, or a region such as aws:eu-north-1.`,
})
const noArea = (code: string): Bilingual => ({
  nb: `«${code}» er ikke et kjent sted. Skriv eu, eea, europe, us, asia, et land som NO, eller en region som aws:eu-north-1.`,
  en: `“${code}” is no known place. Write eu, eea, europe, us, asia, a country such as NO, or a region such as aws:eu-north-1.`,
})
const tooLong: Bilingual = {
  nb: 'Teksten er for lang. Kort den ned.',
  en: 'The text is too long. Shorten it.',
}

/** What every customer must be; empty when it is. */
export function customerFaults(given: Customer): readonly FieldFault<keyof Customer>[] {
  const faults: FieldFault<keyof Customer>[] = []
  for (const field of ['id', 'name', 'contract'] as const) {
    const text = given[field]
    if (text === null) continue
    const words = wrongText(text) ?? (customer.shape[field].safeParse(text).success ? null : tooLong)
    if (words !== null) faults.push({ field, words })
  }
  const { choice, named, since } = given
  if ((choice === 'named') !== named.length > 0)
    faults.push({
      field: 'named',
      words: {
        nb: 'Navngitte regioner hører til valget «named», og bare til det.',
        en: 'Named regions belong to the choice “named”, and to that alone.',
      },
    })
  const strange = named.find((code) => !isArea(code) && !isPlace(code))
  if (strange !== undefined) faults.push({ field: 'named', words: noArea(strange) })
  const wrongSince = since === null ? null : wrongDate(since)
  if (wrongSince !== null) faults.push({ field: 'since', words: wrongSince })
  return faults
}

/** What the rules of a store must know of others. */
export type Around = {
  readonly isHost: (id: string) => boolean
  readonly isCustomer: (id: string) => boolean
}

export function storeFaults(
  given: DataStore,
  { isHost, isCustomer }: Around,
): readonly FieldFault<keyof DataStore>[] {
  const faults: FieldFault<keyof DataStore>[] = []
  for (const field of ['id', 'name'] as const) {
    const words =
      wrongText(given[field]) ?? (dataStore.shape[field].safeParse(given[field]).success ? null : tooLong)
    if (words !== null) faults.push({ field, words })
  }
  const { place, host, seenPlace, seenOn, bytes, dedicatedTo } = given
  if (!isPlace(place)) faults.push({ field: 'place', words: noPlace(place) })
  if (seenPlace !== null && !isPlace(seenPlace))
    faults.push({ field: 'seenPlace', words: noPlace(seenPlace) })
  if ((seenPlace === null) !== (seenOn === null))
    faults.push({
      field: 'seenOn',
      words: {
        nb: 'Stedet som er sett hos leverandøren, og datoen det ble sett, hører sammen.',
        en: 'The place seen at the provider and the date it was seen belong together.',
      },
    })
  const wrongSeen = seenOn === null ? null : wrongDate(seenOn)
  if (wrongSeen !== null) faults.push({ field: 'seenOn', words: wrongSeen })
  if (host !== null && !isHost(host))
    faults.push({
      field: 'host',
      words: {
        nb: 'Maskinen finnes ikke i maskinregisteret.',
        en: 'The host is not in the register of hosts.',
      },
    })
  if (!dataStore.shape.bytes.safeParse(bytes).success)
    faults.push({
      field: 'bytes',
      words: { nb: 'Størrelsen er et helt antall byte.', en: 'The size is a whole number of bytes.' },
    })
  if (dedicatedTo !== null && !isCustomer(dedicatedTo))
    faults.push({
      field: 'dedicatedTo',
      words: { nb: 'Kunden finnes ikke i registeret.', en: 'The customer is not in the register.' },
    })
  return faults
}

export function subprocessorFaults(
  { id, name, places, since, reaches }: Subprocessor,
  isCustomer: (id: string) => boolean,
): readonly FieldFault<keyof Subprocessor>[] {
  const faults: FieldFault<keyof Subprocessor>[] = []
  for (const [field, text] of Object.entries({ id, name })) {
    const words = wrongText(text)
    if (words !== null) faults.push({ field: field === 'id' ? 'id' : 'name', words })
  }
  const strange = places.find((code) => !isPlace(code))
  if (strange !== undefined) faults.push({ field: 'places', words: noPlace(strange) })
  const wrong = wrongDate(since)
  if (wrong !== null) faults.push({ field: 'since', words: wrong })
  const stranger = reaches?.find((one) => !isCustomer(one))
  if (stranger !== undefined)
    faults.push({
      field: 'reaches',
      words: {
        nb: `Kunden ${stranger} finnes ikke i registeret.`,
        en: `The customer ${stranger} is not in the register.`,
      },
    })
  return faults
}

/** Null where a place is known. */
export const wrongPlace = (code: string): Bilingual | null => (isPlace(code) ? null : noPlace(code))
