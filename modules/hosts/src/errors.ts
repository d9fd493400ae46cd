import type { Bilingual } from '@hevd/core'
import type { Answerable } from '@hevd/http'
import { importErrors } from '@hevd/register-file'

/** What can be wrong with declaring hosts. The table in README.md lists the same codes. */
export const hostsErrors = {
  'no-such-host': {
    status: 404,
    words: {
      nb: 'Verten finnes ikke i registeret. Meld den inn først.',
      en: 'The host is not in the register. Declare it first.',
    },
  },
  'host-ended': {
    status: 409,
    words: {
      nb: 'Verten er avsluttet. Gjenåpne den før du endrer den eller gir agenten et nytt token.',
      en: 'The host was ended. Reopen it before changing it or giving its agent a new token.',
    },
  },
  'bad-host-id': {
    status: 400,
    words: {
      nb: 'En verts id er 1–100 bokstaver, tall, punktum, kolon, understrek og bindestrek, og begynner med bokstav eller tall.',
      en: 'A host’s id is 1–100 letters, digits, full stops, colons, underscores and hyphens, and begins with a letter or digit.',
    },
  },
  'no-such-list': {
    status: 404,
    words: {
      nb: 'Ingen slik liste er hentet. Last siden på nytt.',
      en: 'No such list was imported. Load the page again.',
    },
  },
  ...importErrors,
} as const satisfies Record<string, Omit<Answerable, 'code'>>
export type HostsErrorCode = keyof typeof hostsErrors

export class HostsError extends Error implements Answerable {
  readonly status: number
  readonly code: HostsErrorCode
  readonly words: Bilingual

  constructor(code: HostsErrorCode) {
    const { status, words } = hostsErrors[code]
    super(words.en)
    this.name = 'HostsError'
    this.status = status
    this.code = code
    this.words = words
  }
}
