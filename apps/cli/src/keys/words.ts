/** What `hevd keys` says. */
export const keysWords = {
  nb: {
    open: 'Hvelvet er åpent.',
    sealed: (given: number, threshold: number) =>
      threshold === 0
        ? 'Hvelvet er forseglet. Ingen nøkler kan brukes.'
        : `Hvelvet er forseglet. ${given} av ${threshold} deler er gitt («hevd keys unseal»).`,
    notInitialised: 'Hvelvet er ikke tatt i bruk («hevd keys init»).',
    noKeys: 'Det er ingen nøkler.',
    rotated: (date: string) => `rotert ${date}`,
    holders: (count: number) => `${count} kan bruke den`,
    deleted: 'slettet',
    nobody: '  Ingen kan bruke den.',
    waitsFor: (names: string) => `Disse må hente hver sin del («hevd keys share»): ${names}`,
    keep: 'Skriv ned delen, og oppbevar den utenfor datamaskinen. Den vises ikke igjen.\n',
    share: 'Din del av rotnøkkelen',
    noAccount: (name: string) => `Ingen konto har brukernavnet ${name}.`,
    noGrants: 'Det er ingen tildelinger.',
    grantState: {
      asked: 'venter på godkjenning',
      refused: 'avslått',
      'to-come': 'godkjent, ikke begynt',
      'in-force': 'gjelder',
      over: 'utløpt',
      revoked: 'trukket tilbake',
    },
    notAGrant: (field: string) =>
      `Tildelingen mangler noe eller er ikke gyldig (${field}). Oppgi hva nøkkelen skal brukes til (--may), hvorfor (--why) og siste dag som ÅÅÅÅ-MM-DD (--until).`,
    notValid:
      'Oppgi en forsegling som finnes, og for «shares» minst to nøkkelholdere og hvor mange som må til.',
  },
  en: {
    open: 'The vault is open.',
    sealed: (given: number, threshold: number) =>
      threshold === 0
        ? 'The vault is sealed. No key can be used.'
        : `The vault is sealed. ${given} of ${threshold} shares are given (“hevd keys unseal”).`,
    notInitialised: 'The vault is not initialised (“hevd keys init”).',
    noKeys: 'There are no keys.',
    rotated: (date: string) => `rotated ${date}`,
    holders: (count: number) => `${count} can use it`,
    deleted: 'deleted',
    nobody: '  Nobody can use it.',
    waitsFor: (names: string) => `Each of these must take their share (“hevd keys share”): ${names}`,
    keep: 'Write the share down, and keep it away from the computer. It is not shown again.\n',
    share: 'Your share of the root key',
    noAccount: (name: string) => `No account has the user name ${name}.`,
    noGrants: 'There are no grants.',
    grantState: {
      asked: 'waits for approval',
      refused: 'refused',
      'to-come': 'approved, not begun',
      'in-force': 'in force',
      over: 'over',
      revoked: 'revoked',
    },
    notAGrant: (field: string) =>
      `The grant lacks something or is not valid (${field}). Give what the key may be used for (--may), why (--why), and the last day as YYYY-MM-DD (--until).`,
    notValid: 'Give a seal that there is, and for “shares” at least two custodians and how many it takes.',
  },
} as const
