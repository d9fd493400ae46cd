import { expect, test } from 'vitest'
import { signingKey, signPost } from './sigv4.ts'

const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'
const credentials = { id: 'AKIDEXAMPLE', secret, session: null }
const at = Date.parse('2015-08-30T12:36:00Z')
const suite = { region: 'us-east-1', service: 'service', at }

test('the signing key of AWS’s documentation', () =>
  expect(signingKey(secret, '20150830', 'us-east-1', 'iam').toString('hex')).toBe(
    'c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9',
  ))

test.each([
  ['post-vanilla', {}, '', '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
  [
    'post-header-value-case',
    { 'my-header1': 'VALUE1' },
    '',
    'cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d',
  ],
  [
    'post-x-www-form-urlencoded',
    { 'content-type': 'application/x-www-form-urlencoded' },
    'Param1=value1',
    'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
  ],
])('%s of AWS’s Signature Version 4 test suite', (_, headers, body, signature) => {
  const signed = signPost({ host: 'example.amazonaws.com', headers, body }, credentials, suite)
  const names = [...Object.keys(headers), 'host', 'x-amz-date'].sort().join(';')
  expect(signed['x-amz-date']).toBe('20150830T123600Z')
  expect(signed.authorization).toBe(
    `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=${names}, Signature=${signature}`,
  )
})

test('a session is signed with it', () => {
  const signed = signPost({ host: 'h', headers: {}, body: '' }, { ...credentials, session: 'abc' }, suite)
  expect(signed['x-amz-security-token']).toBe('abc')
  expect(signed.authorization).toContain('SignedHeaders=host;x-amz-date;x-amz-security-token,')
})
