import { listed, reason } from '@hevd/core'

export const reasons = {
  'no-answer': reason({
    nb: () => 'Endepunktet svarte ikke da vi spurte.',
    en: () => 'The end point did not answer when we asked.',
  }),
  'no-version': reason({
    nb: () => 'Endepunktet svarte, men vi ble ikke enige om noen TLS-versjon.',
    en: () => 'The end point answered, but no TLS version was agreed on.',
  }),
  'version-not-asked': reason<{ versions: readonly string[] }>({
    nb: ({ versions }) => `Vi fikk ikke prøvd ${listed('nb', versions)}, så vi vet ikke om den er slått av.`,
    en: ({ versions }) => `${listed('en', versions)} could not be tried, so we do not know that it is off.`,
  }),
  'plain-http-not-asked': reason({
    nb: () => 'Vi fikk ikke spurt på port 80, så vi vet ikke hva som svarer uten kryptering.',
    en: () => 'Port 80 was not asked, so we do not know what answers unencrypted.',
  }),
  'version-too-old': reason<{ versions: readonly string[] }>({
    nb: ({ versions }) => `Godtar ${listed('nb', versions)}, som er eldre enn policyen tillater. Slå dem av.`,
    en: ({ versions }) => `Accepts ${listed('en', versions)}, older than the policy allows. Turn them off.`,
  }),
  'cipher-weak': reason<{ ciphers: readonly string[] }>({
    nb: ({ ciphers }) => `Godtar svake krypteringsalgoritmer: ${listed('nb', ciphers)}.`,
    en: ({ ciphers }) => `Accepts weak ciphers: ${listed('en', ciphers)}.`,
  }),
  'certificate-expired': reason<{ on: string }>({
    nb: ({ on }, { date }) => `Sertifikatet gikk ut ${date(on)}. Forny det.`,
    en: ({ on }, { date }) => `The certificate expired on ${date(on)}. Renew it.`,
  }),
  'certificate-not-trusted': reason<{ problem: string }>({
    nb: ({ problem }) => `Sertifikatet er ikke til å stole på for dette navnet (${problem}).`,
    en: ({ problem }) => `The certificate is not trusted for this name (${problem}).`,
  }),
  'certificate-expires-soon': reason<{ on: string }>({
    nb: ({ on }, { date }) => `Sertifikatet går ut ${date(on)} og skulle vært fornyet.`,
    en: ({ on }, { date }) => `The certificate expires on ${date(on)} and should have been renewed.`,
  }),
  'plain-http-served': reason({
    nb: () => 'Svarer med innhold over ukryptert HTTP. Send videre til HTTPS.',
    en: () => 'Serves content over plain HTTP. Redirect it to HTTPS.',
  }),
  'hsts-missing': reason({
    nb: () => 'Sender ikke HSTS, så nettleseren kan lokkes til ukryptert HTTP.',
    en: () => 'Sends no HSTS, so that a browser can be lured to plain HTTP.',
  }),
  'hsts-too-short': reason<{ seconds: number }>({
    nb: ({ seconds }) => `HSTS varer bare ${Math.floor(seconds / 86_400)} dager. Forleng det.`,
    en: ({ seconds }) => `HSTS lasts only ${Math.floor(seconds / 86_400)} days. Lengthen it.`,
  }),
}
