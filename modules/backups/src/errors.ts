import type { Bilingual } from '@hevd/core'
import type { Answerable } from '@hevd/http'

/** What can be wrong with sources and readers of backups. The table in README.md lists the same codes. */
export const backupsErrors = {
  'no-such-source': {
    status: 404,
    words: {
      nb: 'Hevd har ikke sett noen slik kilde for sikkerhetskopier.',
      en: 'Hevd has seen no such source of backups.',
    },
  },
  'source-planned': {
    status: 409,
    words: {
      nb: 'Maskinen har fortsatt en plan for kilden. Ta den ut av backups.json der først.',
      en: 'The host still has a plan for the source. Take it out of its backups.json first.',
    },
  },
  'nothing-changed': {
    status: 409,
    words: {
      nb: 'Ingen sikkerhetskopi av kilden er en annen enn den var. Last siden på nytt.',
      en: 'No backup of the source is another than it was. Load the page again.',
    },
  },
  'no-such-reader': {
    status: 404,
    words: { nb: 'Leseren finnes ikke i registeret.', en: 'The reader is not in the register.' },
  },
  'no-such-holder': {
    status: 400,
    words: {
      nb: 'Personen eller tjenesten står ikke i registeret. Før den opp der først.',
      en: 'The person or service is not in the register. Enter them there first.',
    },
  },
  'not-valid-reader': {
    status: 400,
    words: { nb: 'Opplysningene om leseren har en feil.', en: 'What is said of the reader has a fault.' },
  },
  'reader-decided': {
    status: 409,
    words: {
      nb: 'Det er alt avgjort. Last siden på nytt.',
      en: 'It is decided already. Load the page again.',
    },
  },
  'reader-not-decided': {
    status: 409,
    words: {
      nb: 'Det er ikke avgjort ennå. Avslå det i stedet.',
      en: 'It is not decided yet. Refuse it instead.',
    },
  },
  'own-approval': {
    status: 403,
    words: {
      nb: 'Den som ba om det, kan ikke godkjenne det. En annen administrator må gjøre det.',
      en: 'Whoever asked for it cannot approve it. Another administrator must.',
    },
  },
} as const satisfies Record<string, Omit<Answerable, 'code'>>
export type BackupsErrorCode = keyof typeof backupsErrors

export class BackupsError extends Error implements Answerable {
  readonly status: number
  readonly code: BackupsErrorCode
  readonly words: Bilingual

  constructor(code: BackupsErrorCode, detail: Bilingual = { nb: '', en: '' }) {
    const { status, words } = backupsErrors[code]
    const full = {
      nb: [words.nb, detail.nb].filter(Boolean).join(' '),
      en: [words.en, detail.en].filter(Boolean).join(' '),
    }
    super(full.en)
    this.name = 'BackupsError'
    this.status = status
    this.code = code
    this.words = full
  }
}
