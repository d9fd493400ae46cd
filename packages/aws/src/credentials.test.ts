import { expect, test } from 'vitest'
import { credentialsIn } from './credentials.ts'

const file = `# made by hand
[default]
aws_access_key_id = AKIDEXAMPLE
aws_secret_access_key=abc/def+ghi==

[ with-session ]
AWS_ACCESS_KEY_ID = AKIDOTHER
aws_secret_access_key = s
aws_session_token = t

[half]
aws_access_key_id = AKIDHALF
`

test.each([
  ['default', { id: 'AKIDEXAMPLE', secret: 'abc/def+ghi==', session: null }],
  ['with-session', { id: 'AKIDOTHER', secret: 's', session: 't' }],
  ['half', null],
  ['absent', null],
])('the profile %s', (profile, credentials) => expect(credentialsIn(file, profile)).toEqual(credentials))
