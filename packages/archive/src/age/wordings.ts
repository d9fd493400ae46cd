/** Part of the archive's wordings. */
export const ageWordings = {
  'recipient-not-valid': {
    nb: ({ recipient }: Record<string, string>) =>
      `«${recipient}» er ikke en age-mottaker. Skriv den slik «hevd backups keygen» viste den: age1…`,
    en: ({ recipient }: Record<string, string>) =>
      `"${recipient}" is not an age recipient. Write it as "hevd backups keygen" showed it: age1…`,
  },
  'identity-not-valid': {
    nb: () =>
      'Identiteten er ikke en privat age-nøkkel. Den begynner med AGE-SECRET-KEY-1 og står på en egen linje i filen fra «hevd backups keygen».',
    en: () =>
      'The identity is not a private age key. It begins with AGE-SECRET-KEY-1, on a line of its own in the file from "hevd backups keygen".',
  },
  'identity-not-fitting': {
    nb: ({ file }: Record<string, string>) =>
      `Ingen av identitetene kan lese ${file}. Bruk en identitet som hører til en av mottakerne i backup.json.`,
    en: ({ file }: Record<string, string>) =>
      `None of the identities can read ${file}. Use one that belongs to a recipient in backup.json.`,
  },
  'not-age': {
    nb: ({ file }: Record<string, string>) =>
      `${file} er ikke en age-fil. Den er ikke kryptert, eller ikke skrevet av Hevd; stol ikke på den.`,
    en: ({ file }: Record<string, string>) =>
      `${file} is not an age file. It is not encrypted, or was not written by Hevd; do not trust it.`,
  },
  'file-damaged': {
    nb: ({ file }: Record<string, string>) =>
      `${file} er endret eller avkortet siden den ble kryptert. Bruk en annen sikkerhetskopi, og finn ut hva som skjedde med lagringen.`,
    en: ({ file }: Record<string, string>) =>
      `${file} was changed or cut short since it was encrypted. Use another backup, and find out what happened to the storage.`,
  },
} as const
