import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { encodePath, encodeQuery, signingKey, signRequest } from './signature.ts'

const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'
const credentials = { id: 'AKIDEXAMPLE', secret, session: null }
const at = Date.parse('2015-08-30T12:36:00Z')
const suite = { region: 'us-east-1', service: 'service', at }
const digest = (body: string) => createHash('sha256').update(body).digest('hex')

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
  const request = { method: 'POST', host: 'example.amazonaws.com', path: '/', query: '', headers }
  const signed = signRequest({ ...request, payload: digest(body) }, credentials, suite)
  const names = [...Object.keys(headers), 'host', 'x-amz-date'].sort().join(';')
  expect(signed['x-amz-date']).toBe('20150830T123600Z')
  expect(signed.authorization).toBe(
    `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=${names}, Signature=${signature}`,
  )
})

test.each([
  [
    'GET object',
    { method: 'GET', path: '/test.txt', query: '', headers: { range: 'bytes=0-9' }, body: '' },
    'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  ],
  [
    'PUT object',
    {
      method: 'PUT',
      path: encodePath('/test$file.text'),
      query: '',
      headers: { date: 'Fri, 24 May 2013 00:00:00 GMT', 'x-amz-storage-class': 'REDUCED_REDUNDANCY' },
      body: 'Welcome to Amazon S3.',
    },
    '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
  ],
  [
    'GET bucket lifecycle',
    { method: 'GET', path: '/', query: encodeQuery({ lifecycle: '' }), headers: {}, body: '' },
    'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
  ],
  [
    'GET bucket (list objects)',
    { method: 'GET', path: '/', query: encodeQuery({ prefix: 'J', 'max-keys': '2' }), headers: {}, body: '' },
    '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  ],
])(
  '%s of S3’s documentation ("Authenticating Requests: Using the Authorization Header")',
  (_, example, signature) => {
    const { body, ...request } = example
    const payload = digest(body)
    const headers = { ...request.headers, 'x-amz-content-sha256': payload }
    const signed = signRequest(
      { ...request, host: 'examplebucket.s3.amazonaws.com', headers, payload },
      { id: 'AKIAIOSFODNN7EXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', session: null },
      { region: 'us-east-1', service: 's3', at: Date.parse('2013-05-24T00:00:00Z') },
    )
    expect(signed.authorization).toMatch(new RegExp(`Signature=${signature}$`))
  },
)

test('a session is signed with it', () => {
  const request = { method: 'POST', host: 'h', path: '/', query: '', headers: {}, payload: digest('') }
  const signed = signRequest(request, { ...credentials, session: 'abc' }, suite)
  expect(signed['x-amz-security-token']).toBe('abc')
  expect(signed.authorization).toContain('SignedHeaders=host;x-amz-date;x-amz-security-token,')
})

test('octets beyond the unreserved are encoded, the slash of a path is not', () => {
  expect(encodePath("/a b/æ~(1)*!'")).toBe('/a%20b/%C3%A6~%281%29%2A%21%27')
  expect(encodeQuery({ prefix: 'a/b', 'list-type': '2' })).toBe('list-type=2&prefix=a%2Fb')
})
