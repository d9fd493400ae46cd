import { type Duration, type Moment, type Reading, reason, type Truth, unknown } from '@hevd/core'
import { importedLists, providerVolumes, type ValueOf } from '@hevd/facts'

/** What something rests on: its encryption by the host, and what each virtual disk beneath it shows of itself. */
export type Resting = {
  readonly encryption: 'dm-crypt' | 'none' | 'beneath'
  readonly disks?: readonly (readonly string[])[] | undefined
}

/** What providers say of their disks, and how old their lists are. */
export type ProviderWord = {
  readonly provided: Reading<ValueOf<typeof providerVolumes>>
  readonly lists: Reading<ValueOf<typeof importedLists>>
}

/** The look-ups that {@link isOpen} needs for these. */
export function providerWord(resting: readonly Resting[]) {
  const shown = resting.flatMap(({ disks }) => (disks ?? []).flat())
  return {
    provided: [...new Set(shown)].map((serial) => providerVolumes.withSerial(serial)),
    lists: importedLists.ofKind('volumes'),
  }
}

/**
 * Whether somebody who takes the disk can read it. The host tells for its own encryption; of a virtual disk the provider
 * alone can tell, in a list that is young enough.
 */
export function isOpen(
  { encryption, disks = [] }: Resting,
  { provided, lists }: ProviderWord,
  noOlderThan: Duration,
  moment: Moment,
): Truth {
  if (encryption !== 'beneath') return encryption === 'none'
  if (lists.facts.length === 0) return unknown('provider-not-asked')
  if (disks.length === 0 || disks.some((shown) => shown.length === 0)) return unknown('disk-without-number')
  const truths = disks.map((shown): Truth => {
    const found = provided.facts.filter(({ value }) => value.serials.some((serial) => shown.includes(serial)))
    if (found.some(({ value }) => value.encrypted === false)) return true
    const [told] = found
    if (told === undefined) return unknown('disk-not-listed', { disk: shown[0] ?? '' })
    if (found.some(({ value }) => value.encrypted === null))
      return unknown('disk-not-told', { disk: told.value.id })
    const list = lists.facts.find(({ value }) => value.source === told.value.source)
    if (list === undefined || moment.elapsed(list.value.importedAt, noOlderThan))
      return unknown('provider-list-old', { source: told.value.source })
    return false
  })
  return truths.find((truth) => truth === true) ?? truths.find((truth) => truth !== false) ?? false
}

/** Words of what {@link isOpen} cannot tell. */
export const storageReasons = {
  'provider-not-asked': reason({
    nb: () =>
      'Ligger på en virtuell disk, og bare leverandøren vet om den er kryptert. Hent leverandørens diskliste under «Maskiner».',
    en: () =>
      'Lies on a virtual disk, and the provider alone knows whether it is encrypted. Import the provider’s list of disks under “Hosts”.',
  }),
  'disk-without-number': reason({
    nb: () =>
      'Ligger på en virtuell disk som ikke viser serienummer, så den kan ikke finnes igjen i leverandørens liste.',
    en: () =>
      'Lies on a virtual disk that shows no serial number, so it cannot be found in the provider’s list.',
  }),
  'disk-not-listed': reason<{ disk: string }>({
    nb: ({ disk }) => `Disken ${disk} står ikke i noen liste fra leverandøren. Hent en ny liste.`,
    en: ({ disk }) => `The disk ${disk} is on no list from the provider. Import a new one.`,
  }),
  'disk-not-told': reason<{ disk: string }>({
    nb: ({ disk }) =>
      `Leverandørens liste sier ikke om disken ${disk} er kryptert. Ta med kolonnen som sier det.`,
    en: ({ disk }) =>
      `The provider’s list does not say whether the disk ${disk} is encrypted. Include the column that does.`,
  }),
  'provider-list-old': reason<{ source: string }>({
    nb: ({ source }) => `Disklisten fra ${source} er for gammel. Hent en ny.`,
    en: ({ source }) => `The list of disks from ${source} is too old. Import a new one.`,
  }),
}
