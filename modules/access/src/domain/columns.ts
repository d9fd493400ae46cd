import { type Column, isoDate, oneOf } from '@hevd/register-file'
import type { AccessGrant } from '../contract.ts'

export type GrantField = keyof AccessGrant

const holderKinds = oneOf<AccessGrant['holderKind']>(
  new Map([
    ['person', 'person'],
    ['tjeneste', 'service'],
    ['service', 'service'],
  ]),
  { nb: 'Skriv «person» eller «tjeneste».', en: 'Write “person” or “service”.' },
)
const kinds = oneOf<AccessGrant['kind']>(
  new Map([
    ['postgres', 'postgres'],
    ['postgresql', 'postgres'],
    ['database', 'postgres'],
    ['brannmur', 'firewall'],
    ['firewall', 'firewall'],
    ['annet', 'other'],
    ['other', 'other'],
  ]),
  { nb: 'Skriv «postgres», «brannmur» eller «annet».', en: 'Write “postgres”, “firewall” or “other”.' },
)

/** The columns of a file of access. */
export const columns: readonly Column<GrantField>[] = [
  {
    field: 'id',
    names: ['id', 'referanse', 'sak', 'saksnummer', 'reference', 'case', 'ticket'],
    header: { nb: 'referanse', en: 'reference' },
    required: true,
  },
  {
    field: 'holderKind',
    names: ['mottaker', 'mottakertype', 'holderkind', 'recipient'],
    header: { nb: 'mottaker', en: 'recipient' },
    required: false,
    means: holderKinds,
  },
  {
    field: 'holder',
    names: ['hvem', 'holder', 'who'],
    header: { nb: 'hvem', en: 'who' },
    required: true,
  },
  {
    field: 'kind',
    names: ['slag', 'type', 'kind'],
    header: { nb: 'slag', en: 'kind' },
    required: true,
    means: kinds,
  },
  {
    field: 'place',
    names: ['system', 'hva', 'sted', 'what', 'place'],
    header: { nb: 'system', en: 'system' },
    required: true,
  },
  {
    field: 'privilege',
    names: ['rettighet', 'privilegium', 'rolle', 'privilege', 'role'],
    header: { nb: 'rettighet', en: 'privilege' },
    required: false,
  },
  {
    field: 'need',
    names: ['behov', 'begrunnelse', 'tjenstligbehov', 'need', 'reason', 'businessneed'],
    header: { nb: 'behov', en: 'need' },
    required: true,
  },
  {
    field: 'approvedBy',
    names: ['godkjentav', 'godkjenner', 'approvedby', 'approver'],
    header: { nb: 'godkjent av', en: 'approved by' },
    required: true,
  },
  {
    field: 'from',
    names: ['fra', 'fradato', 'start', 'from', 'startdate'],
    header: { nb: 'fra', en: 'from' },
    required: true,
    means: isoDate,
  },
  {
    field: 'until',
    names: ['til', 'tildato', 'tilogmed', 'slutt', 'until', 'to', 'enddate'],
    header: { nb: 'til', en: 'until' },
    required: true,
    means: isoDate,
  },
]

export const fields: readonly GrantField[] = columns.map(({ field }) => field)
