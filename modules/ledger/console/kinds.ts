import type { Bilingual, Locale } from '@hevd/core'

/** What kinds of entries are called; one that is not listed is called by its own word. */
const kinds: { readonly [kind: string]: Bilingual } = {
  posture: { nb: 'Tilstand', en: 'Posture' },
  judged: { nb: 'Bedømt', en: 'Judged' },
  'feed-silent': { nb: 'Kilde ble taus', en: 'Source fell silent' },
  'feed-returned': { nb: 'Kilde kom tilbake', en: 'Source returned' },
  'account-made': { nb: 'Bruker laget', en: 'Account made' },
  'account-changed': { nb: 'Bruker endret', en: 'Account changed' },
  'invitation-made': { nb: 'Invitasjon laget', en: 'Invitation made' },
  'invitation-withdrawn': { nb: 'Invitasjon trukket tilbake', en: 'Invitation withdrawn' },
  'person-changed': { nb: 'Person endret', en: 'Person changed' },
  'people-imported': { nb: 'Personer hentet fra fil', en: 'People imported' },
  'account-owner-declared': { nb: 'Eier oppgitt', en: 'Owner declared' },
  'host-declared': { nb: 'Maskin oppgitt', en: 'Host declared' },
  'host-changed': { nb: 'Maskin endret', en: 'Host changed' },
  'host-ended': { nb: 'Maskin avsluttet', en: 'Host ended' },
  'exception-requested': { nb: 'Unntak bedt om', en: 'Exception requested' },
  'exception-approved': { nb: 'Unntak godkjent', en: 'Exception approved' },
  'exception-withdrawn': { nb: 'Unntak trukket tilbake', en: 'Exception withdrawn' },
  'clock-accepted': { nb: 'Klokke bekreftet', en: 'Clock confirmed' },
  'judging-halted': { nb: 'Bedømming stanset', en: 'Judging halted' },
  'account-owner-withdrawn': { nb: 'Eier trukket tilbake', en: 'Owner withdrawn' },
  'agent-enrolled': { nb: 'Agent innmeldt', en: 'Agent enrolled' },
  'host-reopened': { nb: 'Maskin åpnet igjen', en: 'Host reopened' },
  'internal-checkpoint': { nb: 'Sjekkpunkt fra intern logg', en: 'Checkpoint of the internal log' },
  'judging-missed': { nb: 'Bedømming uteble', en: 'Judging was missed' },
  'judging-resumed': { nb: 'Bedømming gjenopptatt', en: 'Judging resumed' },
  'person-added': { nb: 'Person lagt til', en: 'Person added' },
  'person-erased': { nb: 'Person slettet', en: 'Person erased' },
  'policy-adopted': { nb: 'Policy vedtatt', en: 'Policy adopted' },
  'publicity-changed': { nb: 'Det offentlige endret', en: 'What is public changed' },
  'service-entered': { nb: 'Tjeneste lagt inn', en: 'Service entered' },
  'service-removed': { nb: 'Tjeneste fjernet', en: 'Service removed' },
}

export function kindOf(kind: string, locale: Locale): string {
  return kinds[kind]?.[locale] ?? kind
}
