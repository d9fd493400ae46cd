import type { Bilingual } from '@hevd/core'
import { useLocale } from '@hevd/ui'

/** What kinds of subjects and facts are called; one that is not listed is called by its own word. */
const kinds: { readonly [kind: string]: Bilingual } = {
  account: { nb: 'Konto', en: 'Account' },
  'account-owner': { nb: 'Kontoens eier', en: 'Account owner' },
  'approved-text': { nb: 'Godkjent tekst', en: 'Approved text' },
  'authorized-key': { nb: 'SSH-nøkkel', en: 'SSH key' },
  group: { nb: 'Gruppe', en: 'Group' },
  'hba-rule': { nb: 'Tilgangsregel i PostgreSQL', en: 'PostgreSQL access rule' },
  host: { nb: 'Maskin', en: 'Host' },
  'inbound-policy': { nb: 'Regler for innkommende trafikk', en: 'Inbound policy' },
  'listening-socket': { nb: 'Port som lytter', en: 'Listening socket' },
  'named-service': { nb: 'Tjeneste', en: 'Service' },
  'operating-system': { nb: 'Operativsystem', en: 'Operating system' },
  'package-source': { nb: 'Pakkekilde', en: 'Package source' },
  'password-state': { nb: 'Passordets tilstand', en: 'Password state' },
  'pending-reboot': { nb: 'Omstart som venter', en: 'Pending reboot' },
  'pending-update': { nb: 'Oppdatering som venter', en: 'Pending update' },
  person: { nb: 'Person', en: 'Person' },
  'postgres-connections': { nb: 'Tilkoblinger til PostgreSQL', en: 'PostgreSQL connections' },
  'postgres-role': { nb: 'Databaserolle', en: 'Database role' },
  'postgres-server': { nb: 'PostgreSQL-tjener', en: 'PostgreSQL server' },
  'public-key': { nb: 'Offentlig nøkkel', en: 'Public key' },
  'published-text': { nb: 'Publisert tekst', en: 'Published text' },
  'remote-path': { nb: 'Vei inn utenfra', en: 'Way in from outside' },
  'rule-set': { nb: 'Regelsett', en: 'Rule set' },
  'sshd-setting': { nb: 'Innstilling for sshd', en: 'sshd setting' },
  'sudo-rule': { nb: 'Sudo-regel', en: 'Sudo rule' },
  'tls-endpoint': { nb: 'TLS-endepunkt', en: 'TLS end point' },
  uid: { nb: 'Bruker-ID', en: 'User ID' },
  volume: { nb: 'Lagringsvolum', en: 'Volume' },
}

export function useKind(): (kind: string) => string {
  const locale = useLocale()
  return (kind) => kinds[kind]?.[locale] ?? kind
}
