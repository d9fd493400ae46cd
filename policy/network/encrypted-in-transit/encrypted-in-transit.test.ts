import { tlsEndpoints, type ValueOf } from '@hevd/facts'
import { expect, test } from 'vitest'
import { judgedIn, noon, said } from '../../world.ts'
import { certificateValid } from './certificate-valid.ts'
import { httpsOnly } from './https-only.ts'
import { versionsAndCiphers } from './versions-and-ciphers.ts'

type Endpoint = ValueOf<typeof tlsEndpoints>
const day = 86_400_000
const id = 'example.test:443'
const world = (over: Partial<Endpoint>) => ({
  facts: [
    said(tlsEndpoints, {
      id,
      answered: true,
      versions: ['TLSv1.2', 'TLSv1.3'],
      refusedVersions: ['TLSv1', 'TLSv1.1'],
      weakCiphers: [],
      chain: 'ok',
      subject: 'example.test',
      issuer: 'A CA',
      notBefore: noon - 30 * day,
      notAfter: noon + 60 * day,
      hstsSeconds: 31_536_000,
      speaksHttp: true,
      plainHttp: 'redirects',
      ...over,
    }),
  ],
  seen: [tlsEndpoints],
})
const parameters = { minimumTlsVersion: 'TLSv1.2', renewBefore: 'P14D', hstsMinimumAge: 'P180D' }

test.each<[string, Partial<Endpoint>, string]>([
  ['modern only', {}, 'holds'],
  ['TLS 1.0 too, the known-bad twin', { versions: ['TLSv1', 'TLSv1.2'] }, 'fails'],
  ['a weak cipher', { weakCiphers: ['RC4-SHA'] }, 'fails'],
  ['no answer', { answered: false, versions: [] }, 'unknown'],
  ['an answer, but no version agreed on', { versions: [] }, 'unknown'],
  ['old versions that could not be tried', { refusedVersions: ['TLSv1.1'] }, 'unknown'],
])('versions and ciphers: %s', (_name, over, verdict) => {
  expect(judgedIn(world(over), versionsAndCiphers, parameters)).toMatchObject({ [id]: { verdict } })
})

test.each<[string, Partial<Endpoint>, string | null]>([
  ['sixty days left', {}, null],
  ['ten days left', { notAfter: noon + 10 * day }, 'certificate-expires-soon'],
  [
    'expired an hour ago, the known-bad twin',
    { notAfter: noon - 3_600_000, chain: 'CERT_HAS_EXPIRED' },
    'certificate-expired',
  ],
  ['for another name', { chain: 'ERR_TLS_CERT_ALTNAME_INVALID' }, 'certificate-not-trusted'],
])('certificate: %s', (_name, over, code) => {
  const judged = judgedIn(world(over), certificateValid, parameters)[id]
  expect(judged).toMatchObject(code === null ? { verdict: 'holds' } : { verdict: 'fails', why: { code } })
})

test('how long HSTS must last may be said in years, and port 80 must have been asked', () => {
  const judged = (over: Partial<Endpoint>) =>
    judgedIn(world(over), httpsOnly, { ...parameters, hstsMinimumAge: 'P1Y' })[id]?.verdict
  expect(judged({})).toBe('holds')
  expect(judged({ hstsSeconds: 31_535_999 })).toBe('fails')
  expect(judged({ plainHttp: 'not-asked' })).toBe('unknown')
})

test.each<[string, Partial<Endpoint>, string | null]>([
  ['redirect and HSTS', {}, null],
  ['port 80 closed', { plainHttp: 'closed' }, null],
  ['content over plain HTTP, the known-bad twin', { plainHttp: 'serves' }, 'plain-http-served'],
  ['no HSTS', { hstsSeconds: null }, 'hsts-missing'],
  ['HSTS for an hour', { hstsSeconds: 3600 }, 'hsts-too-short'],
  ['not HTTP at all', { speaksHttp: false, hstsSeconds: null }, null],
])('HTTPS only: %s', (_name, over, code) => {
  const judged = judgedIn(world(over), httpsOnly, parameters)[id]
  expect(judged).toMatchObject(code === null ? { verdict: 'holds' } : { verdict: 'fails', why: { code } })
})
