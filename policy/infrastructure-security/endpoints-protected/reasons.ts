import { listed, reason } from '@hevd/core'
import { heardReasons } from '../../heard.ts'
import { inboundReasons } from '../../inbound.ts'
import { updateReasons } from '../../updates.ts'

export const reasons = {
  ...heardReasons,
  ...inboundReasons,
  ...updateReasons,
  'volumes-open': reason<{ volumes: readonly string[] }>({
    nb: ({ volumes }) => `Ikke kryptert: ${listed('nb', volumes)}. Slå på diskkryptering (LUKS).`,
    en: ({ volumes }) => `Not encrypted: ${listed('en', volumes)}. Turn on disk encryption (LUKS).`,
  }),
  'volumes-missing': reason({
    nb: () => 'Agenten ser ingen volumer på maskinen, så vi vet ikke om disken er kryptert.',
    en: () => 'The agent sees no volume on the machine, so we do not know whether its disk is encrypted.',
  }),
  'disk-is-virtual': reason<{ volume: string }>({
    nb: ({ volume }) => `${volume} ligger på en virtuell disk, og maskinen kan ikke se om den er kryptert.`,
    en: ({ volume }) =>
      `${volume} lies on a virtual disk, and the machine cannot see whether it is encrypted.`,
  }),
  'screen-stays-open': reason<{ desktops: readonly string[] }>({
    nb: ({ desktops }) =>
      `Skjermen låses ikke, eller for sent, i ${listed('nb', desktops)}. Rett innstillingen for skjermlås.`,
    en: ({ desktops }) =>
      `The screen does not lock, or too late, in ${listed('en', desktops)}. Mend the setting of the screen lock.`,
  }),
  'no-desktop-known': reason({
    nb: () => 'Maskinen har verken GNOME eller KDE Plasma, så vi vet ikke om skjermen låses.',
    en: () => 'The machine has neither GNOME nor KDE Plasma, so we do not know whether its screen locks.',
  }),
  'device-not-encrypted': reason({
    nb: () => 'Disken er ikke kryptert, ifølge enhetsstyringen.',
    en: () => 'The disk is not encrypted, by device management.',
  }),
  'device-encryption-not-told': reason({
    nb: () => 'Filen sier ikke om disken er kryptert. Ta med kolonnen i eksporten.',
    en: () => 'The file does not say whether the disk is encrypted. Include that column in the export.',
  }),
  'device-does-not-lock': reason({
    nb: () => 'Enheten låses ikke med kode, ifølge enhetsstyringen.',
    en: () => 'The device does not lock with a code, by device management.',
  }),
  'device-lock-not-told': reason({
    nb: () => 'Filen sier ikke om enheten låses med kode. Ta med kolonnen i eksporten.',
    en: () =>
      'The file does not say whether the device locks with a code. Include that column in the export.',
  }),
  'device-not-compliant': reason({
    nb: () => 'Enheten følger ikke reglene i enhetsstyringen. Se der hva som mangler.',
    en: () => 'The device does not comply with device management. See there what it lacks.',
  }),
  'device-compliance-not-told': reason({
    nb: () => 'Filen sier ikke om enheten følger reglene. Ta med kolonnen i eksporten.',
    en: () => 'The file does not say whether the device complies. Include that column in the export.',
  }),
  'device-never-seen': reason({
    nb: () => 'Enheten har aldri meldt seg til enhetsstyringen.',
    en: () => 'The device has never checked in with device management.',
  }),
  'device-not-seen': reason<{ since: number }>({
    nb: ({ since }, { moment }) => `Har ikke meldt seg til enhetsstyringen siden ${moment(since)}.`,
    en: ({ since }, { moment }) => `Has not checked in with device management since ${moment(since)}.`,
  }),
  'device-list-old': reason<{ source: string }>({
    nb: ({ source }) => `Filen fra ${source} er for gammel. Hent en ny under «Maskiner».`,
    en: ({ source }) => `The file from ${source} is too old. Import a new one under “Hosts”.`,
  }),
  'device-not-enrolled': reason<{ source: string }>({
    nb: ({ source }) =>
      `Står i listen fra ${source}, men har verken agent eller plass i enhetsstyringen. Meld den inn.`,
    en: ({ source }) =>
      `Is on the list from ${source} and neither carries an agent nor is in device management. Enrol it.`,
  }),
}
