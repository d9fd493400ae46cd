import type { Bilingual } from '@hevd/core'
import { useLocale } from '@hevd/ui'

/** What kinds of subjects are called; one that is not listed is called by its own word. */
const kinds: { readonly [kind: string]: Bilingual } = {
  account: { nb: 'Konto', en: 'Account' },
  'authorized-key': { nb: 'SSH-nøkkel', en: 'SSH key' },
  key: { nb: 'Nøkkel', en: 'Key' },
  certificate: { nb: 'Sertifikat', en: 'Certificate' },
  control: { nb: 'Kontroll', en: 'Control' },
  database: { nb: 'Database', en: 'Database' },
  'database-role': { nb: 'Databaserolle', en: 'Database role' },
  'database-server': { nb: 'Databasetjener', en: 'Database server' },
  endpoint: { nb: 'Endepunkt', en: 'Endpoint' },
  host: { nb: 'Maskin', en: 'Host' },
  person: { nb: 'Person', en: 'Person' },
  'public-key': { nb: 'Offentlig nøkkel', en: 'Public key' },
  service: { nb: 'Tjeneste', en: 'Service' },
  text: { nb: 'Tekst', en: 'Text' },
  'tls-endpoint': { nb: 'TLS-endepunkt', en: 'TLS endpoint' },
  'user-number': { nb: 'Brukernummer', en: 'User number' },
}

export function useKind(): (kind: string) => string {
  const locale = useLocale()
  return (kind) => kinds[kind]?.[locale] ?? kind
}
