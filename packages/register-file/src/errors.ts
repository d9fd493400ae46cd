/** What can be wrong with an import; each register takes them into its own codes. */
export const importErrors = {
  'register-changed': {
    status: 409,
    words: {
      nb: 'Registeret eller filen er en annen enn den du så på. Se forhåndsvisningen på nytt før du importerer.',
      en: 'The register or the file is not the one you looked at. See the preview again before you import.',
    },
  },
  'file-has-faults': {
    status: 422,
    words: {
      nb: 'Filen har feil, og ingenting er importert. Rett linjene som er nevnt i forhåndsvisningen.',
      en: 'The file has faults, and nothing was imported. Mend the lines named in the preview.',
    },
  },
  'file-missing': {
    status: 400,
    words: {
      nb: 'Send filen som «csv» (tekst) eller «base64» (bytene), én av dem.',
      en: 'Send the file as “csv” (text) or “base64” (its bytes), one of them.',
    },
  },
  'confirm-number': {
    status: 409,
    words: {
      nb: 'Så mange endringer på én gang må bekreftes: skriv antallet som legges til eller endres.',
      en: 'So many changes at once must be confirmed: type the number that is added or changed.',
    },
  },
} as const
