import { listed, reason } from '@hevd/core'

export const reasons = {
  'clear-text-open': reason<{ sockets: readonly string[] }>({
    nb: ({ sockets }) =>
      `Svarer ukryptert mot nettet: ${listed('nb', sockets)}. Steng tjenesten eller slå på TLS.`,
    en: ({ sockets }) =>
      `Answers the network unencrypted: ${listed('en', sockets)}. Close it or turn on TLS.`,
  }),
  'protocol-unidentified': reason<{ socket: string; program: string }>({
    nb: ({ socket, program }) =>
      `${socket} (${program}) svarte ikke på noe vi kjenner igjen, så vi vet ikke om det er kryptert.`,
    en: ({ socket, program }) =>
      `${socket} (${program}) answered nothing that we recognise, so we cannot tell whether it is encrypted.`,
  }),
  'ssh-algorithms-weak': reason<{ algorithms: readonly string[] }>({
    nb: ({ algorithms }) =>
      `sshd tilbyr svake algoritmer: ${listed('nb', algorithms)}. Fjern dem i sshd_config.`,
    en: ({ algorithms }) =>
      `sshd offers weak algorithms: ${listed('en', algorithms)}. Remove them in sshd_config.`,
  }),
  'path-not-approved': reason<{ paths: readonly string[] }>({
    nb: ({ paths }) =>
      `Veier inn som ikke er godkjent: ${listed('nb', paths)}. Fjern dem, eller godkjenn dem i policyen.`,
    en: ({ paths }) =>
      `Ways in that are not approved: ${listed('en', paths)}. Remove them, or approve them in the policy.`,
  }),
}
