import type { Detector } from '../detector.ts'

const pem = /-----BEGIN (?:RSA |EC |DSA )?PRIVATE KEY-----/g
const openSsh = /-----BEGIN OPENSSH PRIVATE KEY-----/g
const pgp = /-----BEGIN PGP PRIVATE KEY BLOCK-----/g
const putty = /PuTTY-User-Key-File-[123]: /g
const age = /(?<![A-Z0-9])AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}(?![A-Z0-9])/gi

/** How much after its first line a key is recognised by. */
const shown = 400

/** What follows without line breaks, also where these are written `\n`, as in JSON and in environment files. */
function bodyAfter(text: string, end: number): string {
  return text.slice(end, end + shown).replace(/\\[rn]|\s/g, '')
}

const base64 = /^[A-Za-z0-9+/=]{40}/

/** Openssh-key-v1 with the cipher `none` (PROTOCOL.key of OpenSSH): the magic, a length of four, the name. */
const unencrypted = 'b3BlbnNzaC1rZXktdjEAAAAABG5vbmU'

export const pemPrivateKey: Detector = {
  id: 'private-key',
  kind: 'secret',
  title: { nb: 'Privat nøkkel (PEM)', en: 'Private key (PEM)' },
  because: 'PEM’s first line (RFC 7468) with base64 after it; not one encrypted by a passphrase',
  when: { text: ['private key-----'] },
  patterns: [pem],
  look(text, _lower, _context, seen) {
    for (const { 0: match, index } of text.matchAll(pem)) {
      const end = index + match.length
      if (base64.test(bodyAfter(text, end))) seen.found(index, end, 'high')
    }
  },
}

export const openSshPrivateKey: Detector = {
  id: 'openssh-private-key',
  kind: 'secret',
  title: { nb: 'Privat nøkkel (OpenSSH)', en: 'Private key (OpenSSH)' },
  because: 'OpenSSH’s own format, which says itself that no passphrase encrypts it',
  when: { text: ['openssh private key-----'] },
  patterns: [openSsh],
  look(text, _lower, _context, seen) {
    for (const { 0: match, index } of text.matchAll(openSsh)) {
      const end = index + match.length
      if (bodyAfter(text, end).startsWith(unencrypted)) seen.found(index, end, 'high')
    }
  },
}

export const puttyPrivateKey: Detector = {
  id: 'putty-private-key',
  kind: 'secret',
  title: { nb: 'Privat nøkkel (PuTTY)', en: 'Private key (PuTTY)' },
  because: 'PuTTY’s own format, which says itself that no passphrase encrypts it',
  when: { text: ['putty-user-key-file-'] },
  patterns: [putty],
  look(text, lower, _context, seen) {
    for (const { 0: match, index } of text.matchAll(putty))
      if (lower.slice(index, index + shown).includes('encryption: none'))
        seen.found(index, index + match.length, 'high')
  },
}

/** Whether a passphrase encrypts it stands in its packets; the block is reported either way. */
export const pgpPrivateKey: Detector = {
  id: 'pgp-private-key',
  kind: 'secret',
  title: { nb: 'Privat nøkkel (PGP)', en: 'Private key (PGP)' },
  because: 'the armour of a private key (RFC 9580) with base64 after it',
  when: { text: ['pgp private key block-----'] },
  patterns: [pgp],
  look(text, _lower, _context, seen) {
    for (const { 0: match, index } of text.matchAll(pgp)) {
      const end = index + match.length
      const body = bodyAfter(text, end).replace(
        /^(?:Version|Comment|Hash):[^=]{0,100}?(?=l[A-Za-z0-9+/]{39})/,
        '',
      )
      if (base64.test(body)) seen.found(index, end, 'high')
    }
  },
}

export const ageSecretKey: Detector = {
  id: 'age-secret-key',
  kind: 'secret',
  title: { nb: 'Hemmelig nøkkel (age)', en: 'Secret key (age)' },
  because: 'age’s prefix and 58 characters of bech32',
  when: { text: ['age-secret-key-1'] },
  patterns: [age],
  look(text, _lower, _context, seen) {
    for (const { 0: match, index } of text.matchAll(age)) seen.found(index, index + match.length, 'high')
  },
}
