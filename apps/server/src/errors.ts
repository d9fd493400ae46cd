import type { Bilingual, Wording } from '@hevd/core'

/** What can keep the server from starting. The table in README.md lists the same codes. */
export const serverErrors = {
  'setting-not-valid': {
    nb: ({ name, wants }) => `Innstillingen ${name} er ikke gyldig. Den kan være: ${wants}.`,
    en: ({ name, wants }) => `The setting ${name} is not valid. It may be: ${wants}.`,
  },
  'tls-needed': {
    nb: ({ address }) =>
      `HEVD_ADDRESS=${address} kan nås fra andre maskiner, og da må forbindelsen være kryptert. Oppgi HEVD_TLS_CERT og HEVD_TLS_KEY, eller lytt på 127.0.0.1.`,
    en: ({ address }) =>
      `HEVD_ADDRESS=${address} can be reached from other machines, so the connection must be encrypted. Give HEVD_TLS_CERT and HEVD_TLS_KEY, or listen on 127.0.0.1.`,
  },
  'port-taken': {
    nb: ({ address, port }) =>
      `${address}:${port} er opptatt. Stopp det som lytter der, eller velg en annen port (HEVD_PORT, HEVD_AGENTS_PORT).`,
    en: ({ address, port }) =>
      `${address}:${port} is taken. Stop what listens there, or choose another port (HEVD_PORT, HEVD_AGENTS_PORT).`,
  },
  'disk-full': {
    nb: ({ path, free, least }) =>
      `Det er bare ${free} MiB ledig der ${path} ligger, og Hevd trenger minst ${least} MiB for å starte. Frigjør plass, og start på nytt; det som er lagret, er trygt.`,
    en: ({ path, free, least }) =>
      `There are only ${free} MiB free where ${path} lies, and Hevd needs at least ${least} MiB to start. Make room and start again; what is stored is safe.`,
  },
  'file-not-readable': {
    nb: ({ path, reason }) => `Kan ikke lese ${path}: ${reason}.`,
    en: ({ path, reason }) => `Cannot read ${path}: ${reason}.`,
  },
} as const satisfies Record<string, Wording<{ readonly [name: string]: string }>>
export type ServerErrorCode = keyof typeof serverErrors

export class ServerError extends Error {
  readonly code: ServerErrorCode
  readonly words: Bilingual

  constructor(code: ServerErrorCode, params: { readonly [name: string]: string } = {}) {
    const wording: Wording<{ readonly [name: string]: string }> = serverErrors[code]
    super(wording.en(params))
    this.name = 'ServerError'
    this.code = code
    this.words = { nb: wording.nb(params), en: wording.en(params) }
  }
}
