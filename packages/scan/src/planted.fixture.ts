import {
  base64,
  drawnFrom,
  jsonWebToken,
  openSshBody,
  pem,
  token,
  withAccountDigit,
  withControls,
} from './made.fixture.ts'

/** A value as it stands in a column. */
export type Made = {
  readonly what: string
  readonly column: string
  readonly value: string
  /** The detector that must find it; empty for a look-alike. */
  readonly by: string
}

const planted = (by: string, column: string, value: string, what = by): Made => ({ what, column, value, by })
const alike = (what: string, column: string, value: string): Made => ({ what, column, value, by: '' })

export { withControls }

export const birth = withControls('150645912')
export const dNumber = withControls('550645918')
export const account = withAccountDigit('8601111794')
const dotted = (digits: string) => `${digits.slice(0, 4)}.${digits.slice(4, 6)}.${digits.slice(6)}`

/** The specification of what is found: kinds of sensitive values, each in a column of its own. */
export const sensitive: readonly Made[] = [
  planted('aws-access-key', 'config', `AKIA${drawnFrom('base32', 16)}`),
  planted('aws-secret-key', 'aws_secret_access_key', drawnFrom('base64', 40)),
  planted('github-token', 'note', `deploy with ${token('ghp_', 'base62', 36)}`, 'GitHub personal token'),
  planted('github-token', 'note', token('gho_', 'base62', 36), 'GitHub OAuth token'),
  planted(
    'github-fine-grained-token',
    'note',
    `${token('github_pat_', 'base62', 22)}_${drawnFrom('base62', 59)}`,
  ),
  planted('gitlab-token', 'payload', `{"t":"${token('glpat-', 'base64url', 20)}"}`),
  planted('slack-token', 'v', `xoxb-${'1234567890'}-${'1234567890123'}-${drawnFrom('base62', 24)}`),
  planted(
    'slack-webhook',
    'hook',
    `https://hooks.slack.com/services/T${drawnFrom('base32', 8)}/B${drawnFrom('base32', 8)}/${drawnFrom('base62', 24)}`,
  ),
  planted('stripe-key', 'v', token('sk_live_', 'base62', 24), 'Stripe secret key'),
  planted('stripe-key', 'v', token('rk_live_', 'base62', 24), 'Stripe restricted key'),
  planted('google-api-key', 'v', token('AIza', 'base64url', 35)),
  planted('sendgrid-key', 'v', `${token('SG.', 'base64url', 22)}.${drawnFrom('base64url', 43)}`),
  planted('twilio-key', 'v', token('SK', 'hex', 32)),
  planted('twilio-auth-token', 'twilio_auth', drawnFrom('hex', 32)),
  planted('npm-token', 'v', `//npm.example/:_authToken=${token('npm_', 'base62', 36)}`),
  planted('pypi-token', 'v', token('pypi-AgEIcHlwaS5vcmc', 'base64url', 80)),
  planted('openai-key', 'v', token('sk-', 'base62', 48)),
  planted('openai-key', 'v', token('sk-proj-', 'base62', 48), 'OpenAI project key'),
  planted('anthropic-key', 'v', token('sk-ant-api03-', 'base64url', 95)),
  planted(
    'azure-key',
    'v',
    `DefaultEndpointsProtocol=https;AccountName=store;AccountKey=${drawnFrom('base64', 86)}==;EndpointSuffix=core.windows.net`,
  ),
  planted('jwt', 'v', jsonWebToken('HS256', drawnFrom('base64url', 43))),
  planted('private-key', 'v', pem('RSA PRIVATE KEY', drawnFrom('base64', 400)), 'RSA private key'),
  planted(
    'private-key',
    'v',
    JSON.stringify({ key: pem('PRIVATE KEY', drawnFrom('base64', 160)) }),
    'PKCS #8 in JSON',
  ),
  planted('openssh-private-key', 'v', pem('OPENSSH PRIVATE KEY', openSshBody('none'))),
  planted(
    'putty-private-key',
    'v',
    `PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: kari\nPublic-Lines: 2\n${drawnFrom('base64', 60)}`,
  ),
  planted('age-secret-key', 'v', token('AGE-SECRET-KEY-1', 'bech32', 58)),
  planted('pgp-private-key', 'v', pem('PGP PRIVATE KEY BLOCK', `\n${drawnFrom('base64', 200)}`)),
  planted('connection-url', 'v', 'postgresql://app:Tr0ub4dor-3@db1.example:5432/shop'),
  planted('connection-string', 'v', 'Server=db1;Database=shop;User Id=sa;Password=Tr0ub4dor-3;'),
  planted('url-password', 'v', 'https://kari:Tr0ub4dor-3@intranet.example/path'),
  planted('authorization-header', 'v', `Authorization: Basic ${base64('kari:Tr0ub4dor-3')}`),
  planted('named-secret', 'api_key', drawnFrom('base62', 32)),
  planted('named-password', 'password', 'Sommer2026!'),
  planted('assigned-secret', 'line', 'login user=kari password=Sommer2026! from 10.0.0.7'),
  planted('card-number', 'v', '4539578763621486', 'Visa'),
  planted('card-number', 'v', 'paid with 5425 2334 3010 9903', 'Mastercard in groups'),
  planted('card-number', 'v', '374245455400126', 'American Express'),
  planted('card-number', 'v', '30569309025904', 'Diners Club'),
  planted('card-number', 'v', '6759-6498-2643-8453', 'Maestro in groups'),
  planted(
    'connection-url',
    'v',
    'redis://:Tr0ub4dor-3@cache.example:6379/0',
    'connection URL without a user',
  ),
  planted('assigned-secret', 'v', '{"password": "supersecret"}', 'password in JSON'),
  planted('assigned-secret', 'v', 'user: kari\npassword: supersecret\nhost: db1', 'password in YAML'),
  planted('iban', 'v', 'GB82WEST12345698765432', 'British IBAN'),
  planted('phone-e164', 'v', '0047 912 34 567', 'Norwegian number from abroad'),
  planted('birth-number', 'v', birth),
  planted('d-number', 'v', `${dNumber.slice(0, 6)} ${dNumber.slice(6)}`),
  planted('bank-account', 'v', dotted(account)),
  planted('iban', 'v', 'NO93 8601 1117 947'),
  planted('email', 'v', 'kari.nordmann@example.no'),
  planted('phone-e164', 'v', '+46 70 123 45 67'),
  planted('phone-norwegian', 'mobil', '91234567'),
]

/** The specification of what is left alone. */
export const lookAlikes: readonly Made[] = [
  alike('AWS account id', 'aws_account', '123456789012'),
  alike('git commit', 'commit', drawnFrom('hex', 40)),
  alike('SHA-256', 'checksum', drawnFrom('hex', 64)),
  alike('UUID', 'id', '7d9f2f6a-41d1-4f0e-9c3b-8a2e4b1c5d6e'),
  alike('GitHub token in a manual', 'note', `ghp_${'x'.repeat(36)}`),
  alike('Stripe test key', 'v', token('sk_test_', 'base62', 24)),
  alike('Stripe publishable key', 'v', token('pk_live_', 'base62', 24)),
  alike('Twilio account number', 'v', token('AC', 'hex', 32)),
  alike('slug that begins like a key', 'slug', 'sk-summer-sale-for-everybody-in-norway'),
  alike('unsigned token', 'v', jsonWebToken('none', '')),
  alike('public key', 'v', pem('PUBLIC KEY', drawnFrom('base64', 160))),
  alike('certificate', 'v', pem('CERTIFICATE', drawnFrom('base64', 400))),
  alike('private key with a passphrase', 'v', pem('ENCRYPTED PRIVATE KEY', drawnFrom('base64', 400))),
  alike('OpenSSH key with a passphrase', 'v', pem('OPENSSH PRIVATE KEY', openSshBody('aes256-ctr'))),
  alike(
    'PuTTY key with a passphrase',
    'v',
    'PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: aes256-cbc\nComment: kari',
  ),
  alike(
    'words about a private key',
    'note',
    'The file begins with -----BEGIN PRIVATE KEY----- and ends likewise.',
  ),
  alike('OpenSSH public key', 'v', `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5${drawnFrom('base64', 48)} kari`),
  alike('age recipient', 'v', `age1${drawnFrom('bech32', 58).toLowerCase()}`),
  alike('connection without a password', 'v', 'postgresql://app@db1.example:5432/shop'),
  alike('connection with a variable', 'v', 'postgresql://app:${DB_PASSWORD}@db1.example/shop'),
  alike('web address with a port', 'v', 'https://intranet.example:8443/a?b=c@d'),
  alike('bcrypt', 'password', `$2b$12$${drawnFrom('base62', 53)}`),
  alike(
    'Argon2',
    'password',
    `$argon2id$v=19$m=19456,t=2,p=1$${drawnFrom('base64', 22)}$${drawnFrom('base64', 43)}`,
  ),
  alike('htpasswd', 'line', `kari:$apr1$${drawnFrom('base62', 8)}$${drawnFrom('base62', 22)}`),
  alike(
    'SCRAM verifier',
    'password',
    `SCRAM-SHA-256$4096:${drawnFrom('base64', 22)}==$${drawnFrom('base64', 43)}=`,
  ),
  alike('password changed', 'line', 'password: changed for user 4711'),
  alike('masked password', 'line', 'password=******** token=<redacted>'),
  alike('kind of token', 'token_type', 'bearer'),
  alike('count of tokens', 'line', 'max_tokens: 4096, total_tokens=12345'),
  alike('order number', 'order_number', '4539578763621487'),
  alike('sixteen digits with a wrong control digit', 'v', '4539578763621485'),
  alike('payment reference (KID)', 'kid', '4539578763621486'),
  alike('IMEI', 'imei', '490154203237518'),
  alike('ISBN', 'isbn', '9788205382466'),
  alike('eleven digits that are no date', 'v', '99999999999'),
  alike(
    'birth number with a wrong control digit',
    'v',
    `${birth.slice(0, 10)}${(Number(birth[10]) + 1) % 10}`,
  ),
  alike('organisation number', 'v', '974 760 673'),
  alike(
    'account with a wrong control digit',
    'v',
    dotted(`${account.slice(0, 10)}${(Number(account[10]) + 1) % 10}`),
  ),
  alike('IBAN with wrong control digits', 'v', 'NO94 8601 1117 947'),
  alike('git remote', 'v', 'git@github.example:org/repository.git'),
  alike('picture for fine screens', 'v', 'logo@2x.png'),
  alike('name on a network', 'v', 'thanks @kari, and root@localhost'),
  alike('time in microseconds', 'v', '1781524800000000'),
  alike('article number (EAN)', 'v', '4006381333931'),
  alike('amount with its sign', 'v', '+12345678'),
  alike('address on the network', 'v', '192.168.100.200'),
  alike('token of another kind', 'line', 'csrf_token=8f14e45fceea167a5a36dedd4bea2543'),
  alike('ciphertext of a vault', 'secret', `vault:v1:${drawnFrom('base64', 64)}`),
  alike('value encrypted by our library', 'api_key', `hevd:c1:3:${drawnFrom('base64url', 90)}`),
  alike('version and build', 'v', '2026.11.26.41234567'),
  alike('amount', 'v', '12 345 678,90'),
  alike('date in figures', 'v', '26 11 20 26'),
]
