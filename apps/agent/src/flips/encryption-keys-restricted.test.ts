import { keyFiles } from '@hevd/facts'
import { expect, onTestFinished, test } from 'vitest'
import { cleansUpBy } from '../testdata/at-end.ts'
import { folderWith } from '../testdata/folder.ts'
import { collect } from './collect.ts'
import { judge, verdict } from './judge.ts'

cleansUpBy(onTestFinished)

const closed = 'encryption-keys-restricted/key-files-closed'

/** Keys as OpenSSL and OpenSSH make them, and settings of applications, where applications keep theirs. */
const made = `
umask 077
openssl genpkey -algorithm ED25519 -out /srv/tls.key
openssl pkey -in /srv/tls.key -pubout -out /srv/public.pem
openssl genrsa -traditional -out /srv/old.pem 2048
openssl ec -in <(openssl ecparam -name prime256v1 -genkey -noout) -aes256 -passout pass:secret -out /srv/closed_key
ssh-keygen -q -t ed25519 -N '' -f /srv/id_ed25519
ssh-keygen -q -t ed25519 -N secret -f /srv/id_ecdsa
printf 'NAME=shop\\nAPI_KEY="q8Zr1vTn4LwX0cYb7PdKs2Ha"\\nexport DATABASE_URL=postgres://shop:Vk3Qz9Lm2X@db/shop\\n' > /srv/.env
printf 'API_KEY=q8Zr1vTn4LwX0cYb7PdKs2Ha\\n' > /srv/.env.example
mkdir /srv/private && cp /srv/tls.key /srv/private/copy.key && chmod 644 /srv/private/copy.key
chmod 755 /srv`
const inSrv = ({ facts }: Awaited<ReturnType<typeof collect>>) =>
  facts
    .flatMap(({ type, value }) => (type === keyFiles.name ? keyFiles.parse(value) : []))
    .filter(({ path }) => path.startsWith('/srv/'))
    .sort((a, b) => (a.path < b.path ? -1 : 1))

test('keys and secrets in files: found without a word of theirs, and named while everybody can read them', async () => {
  const place = (then: string) => ({
    small: true,
    mounts: { '/srv': folderWith().path },
    state: `${made}\n${then}`,
  })
  const shut = await collect({ collectors: ['key-files'] }, place(''))
  const nobody = { uid: null, gid: null, everybody: false }
  const key = { host: 'h1', kind: 'private-key', secrets: 1, mode: 0o600, openTo: nobody }
  const fingerprint = expect.stringMatching(/^SHA256:[A-Za-z0-9+/]{43}$/)
  expect(inSrv(shut)).toEqual([
    { ...key, path: '/srv/.env', kind: 'secrets', secrets: 2, encrypted: false, fingerprint: null },
    { ...key, path: '/srv/closed_key', encrypted: true, fingerprint: null },
    { ...key, path: '/srv/id_ecdsa', encrypted: true, fingerprint },
    { ...key, path: '/srv/id_ed25519', encrypted: false, fingerprint },
    { ...key, path: '/srv/old.pem', encrypted: false, fingerprint },
    { ...key, path: '/srv/private/copy.key', mode: 0o644, encrypted: false, fingerprint },
    { ...key, path: '/srv/tls.key', encrypted: false, fingerprint },
  ])
  const [copy, original] = inSrv(shut).filter(({ path }) => /copy|tls/.test(path))
  expect(copy?.fingerprint).toBe(original?.fingerprint)
  expect(JSON.stringify(shut)).not.toMatch(/q8Zr1vTn|Vk3Qz9/)
  expect(judge(shut, closed)).toMatchObject({ h1: verdict('holds') })

  const open = await collect(
    { collectors: ['key-files'] },
    place('chmod 644 /srv/.env /srv/tls.key /srv/closed_key'),
  )
  expect(judge(open, closed)).toMatchObject({
    h1: verdict('fails', 'key-files-open', { paths: ['/srv/.env', '/srv/tls.key'] }),
  })
})

test('without root it is not known', async () => {
  const seen = await collect({ collectors: ['key-files'], ordinary: true }, { small: true })
  expect(judge(seen, closed)).toMatchObject({ h1: { verdict: 'unknown' } })
})
