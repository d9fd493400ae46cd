import { listed, reason } from '@hevd/core'
import { storageReasons } from '../../storage.ts'
import { backupReasons } from './backup-reasons.ts'

export const reasons = {
  ...storageReasons,
  'volumes-open': reason<{ volumes: readonly string[] }>({
    nb: ({ volumes }) =>
      `Ikke kryptert: ${listed('nb', volumes)}. Krypter volumet (LUKS eller hos leverandøren), eller unnta det med begrunnelse.`,
    en: ({ volumes }) =>
      `Not encrypted: ${listed('en', volumes)}. Encrypt the volume (LUKS or at the provider), or exempt it with a reason.`,
  }),
  'volumes-missing': reason({
    nb: () => 'Agenten ser ingen volumer på serveren, så vi vet ikke hvor dataene ligger.',
    en: () => 'The agent sees no volume on the host, so we do not know where its data lie.',
  }),
  'database-open': reason<{ paths: readonly string[] }>({
    nb: ({ paths }) => `Databasen ligger på et volum som ikke er kryptert: ${listed('nb', paths)}.`,
    en: ({ paths }) => `The database lies on a volume that is not encrypted: ${listed('en', paths)}.`,
  }),
  'directories-missing': reason({
    nb: () => 'Agenten har ikke sagt hvor databasen har dataene sine.',
    en: () => 'The agent has not said where the database keeps its data.',
  }),
  ...backupReasons,
}
