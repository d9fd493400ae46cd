/** What the script itself says; what was found says its own words. */
export const words = {
  working: { nb: 'Kontrollerer …', en: 'Verifying …' },
  unreachable: {
    nb: 'Ikke bevist. Tjeneren svarte ikke på det som trengs for å kontrollere siden. Prøv igjen om litt.',
    en: 'Not proven. The server did not answer what is needed to check the page. Try again in a moment.',
  },
  insecure: {
    nb: 'Nettleseren regner bare ut bevis på sider som er hentet over en sikker forbindelse (https). Bruk hevd verify.',
    en: 'The browser computes proofs only on pages that came over a secure connection (https). Use hevd verify.',
  },
} as const
