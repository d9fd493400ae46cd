import { listed, reason } from '@hevd/core'

export const reasons = {
  'tls-off': reason<{ addresses: readonly string[] }>({
    nb: ({ addresses }) =>
      `Tar imot forbindelser på ${listed('nb', addresses)} uten at TLS er slått på. Sett ssl = on.`,
    en: ({ addresses }) =>
      `Takes connections on ${listed('en', addresses)} with TLS turned off. Set ssl = on.`,
  }),
  'tls-too-old': reason({
    nb: () => 'Godtar TLS 1.1 eller eldre. Sett ssl_min_protocol_version = TLSv1.2.',
    en: () => 'Accepts TLS 1.1 or older. Set ssl_min_protocol_version = TLSv1.2.',
  }),
  'rule-allows-plain': reason<{ lines: readonly number[] }>({
    nb: ({ lines }) =>
      `pg_hba.conf slipper inn forbindelser uten TLS på linje ${listed('nb', lines)}. Bruk hostssl.`,
    en: ({ lines }) =>
      `pg_hba.conf lets connections in without TLS on line ${listed('en', lines)}. Use hostssl.`,
  }),
  'connection-plain': reason<{ roles: readonly string[] }>({
    nb: ({ roles }) => `Åpne forbindelser fra andre maskiner uten TLS, som ${listed('nb', roles)}.`,
    en: ({ roles }) => `Open connections from other machines without TLS, as ${listed('en', roles)}.`,
  }),
  'service-plain': reason<{ services: readonly string[] }>({
    nb: ({ services }) =>
      `Kan nås fra nettverket uten TLS: ${listed('nb', services)}. Slå på TLS og avvis klartekst, eller la tjenesten lytte bare på maskinen selv.`,
    en: ({ services }) =>
      `Can be reached from the network without TLS: ${listed('en', services)}. Turn on TLS and refuse clear text, or let the service listen on the host itself alone.`,
  }),
  'service-unidentified': reason<{ socket: string; program: string }>({
    nb: ({ socket, program }) => `Vi vet ikke hva som snakkes på ${socket} (${program}).`,
    en: ({ socket, program }) => `It is not known what is spoken on ${socket} (${program}).`,
  }),
  'tls-perhaps-not-demanded': reason<{ socket: string; program: string }>({
    nb: ({ socket, program }) =>
      `Tilbyr TLS på ${socket} (${program}), men det kan ikke ses utenfra om klartekst avvises. Kontroller require_secure_transport.`,
    en: ({ socket, program }) =>
      `Offers TLS on ${socket} (${program}), but from outside it cannot be seen whether clear text is refused. Check require_secure_transport.`,
  }),
}
