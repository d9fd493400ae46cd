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
}
