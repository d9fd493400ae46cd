import type { Bilingual, Locale } from '@hevd/core'

/** What kinds of entries are called; one that is not listed is called by its own word. */
const kinds: { readonly [kind: string]: Bilingual } = {
  posture: { nb: 'Tilstand', en: 'Posture' },
  judged: { nb: 'Bedømt', en: 'Judged' },
  checkpoint: { nb: 'Sjekkpunkt fra intern logg', en: 'Checkpoint of the internal log' },
  'feed-silent': { nb: 'Kilde ble taus', en: 'Source fell silent' },
  'feed-returned': { nb: 'Kilde kom tilbake', en: 'Source returned' },
  'account-made': { nb: 'Bruker laget', en: 'Account made' },
  'account-changed': { nb: 'Bruker endret', en: 'Account changed' },
  'invitation-made': { nb: 'Invitasjon laget', en: 'Invitation made' },
  'invitation-used': { nb: 'Invitasjon brukt', en: 'Invitation used' },
  'invitation-withdrawn': { nb: 'Invitasjon trukket tilbake', en: 'Invitation withdrawn' },
  'person-changed': { nb: 'Person endret', en: 'Person changed' },
  'people-imported': { nb: 'Personer hentet fra fil', en: 'People imported' },
  'service-changed': { nb: 'Tjeneste endret', en: 'Service changed' },
  'account-owner-declared': { nb: 'Eier oppgitt', en: 'Owner declared' },
  'host-declared': { nb: 'Vert oppgitt', en: 'Host declared' },
  'host-changed': { nb: 'Vert endret', en: 'Host changed' },
  'host-ended': { nb: 'Vert avsluttet', en: 'Host ended' },
  'exception-requested': { nb: 'Unntak bedt om', en: 'Exception requested' },
  'exception-approved': { nb: 'Unntak godkjent', en: 'Exception approved' },
  'exception-withdrawn': { nb: 'Unntak trukket tilbake', en: 'Exception withdrawn' },
  'judging-halted': { nb: 'Bedømming stanset', en: 'Judging halted' },
  'shows-changed': { nb: 'Det offentlige endret', en: 'What is public changed' },
}

export function kindOf(kind: string, locale: Locale): string {
  return kinds[kind]?.[locale] ?? kind
}
