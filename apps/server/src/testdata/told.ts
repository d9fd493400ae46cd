import { digestOfFacts, vocabulary } from '@hevd/facts'
import type { Server } from '../server.ts'

/** A server that is told of a person everywhere it can be, as people and an agent tell it. */
export type Teller = {
  call(method: string, path: string, body?: unknown): Promise<{ status: number; text: string; json: unknown }>
  /** The same, which must be taken. */
  done(method: string, path: string, body?: unknown): Promise<unknown>
  /** What an agent sees of accounts, with more than the vocabulary has: the full name and the comment of a key. */
  accounts(host: string, sequence: number, names: readonly string[], gecos: string): Promise<void>
}

export function teller(server: Server, cookie: string): Teller {
  const call: Teller['call'] = async (method, path, body) => {
    const answer = await fetch(`${server.origin}${path}`, {
      method,
      headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    const isJson = answer.headers.get('content-type')?.includes('json') ?? false
    return { status: answer.status, text, json: isJson ? JSON.parse(text) : null }
  }
  return {
    call,
    async done(method, path, body) {
      const { status, text, json } = await call(method, path, body)
      if (status !== 200) throw new Error(`${method} ${path}: ${status} ${text}`)
      return json
    },
    async accounts(host, sequence, names, gecos) {
      const facts = names
        .flatMap((name, index) => factsOf(host, name, 2000 + index))
        .map((fact) => ({ ...fact, value: { ...fact.value, gecos, comment: gecos } }))
      const [answer] = await server.modules.feeds.take(server.organisation, host, [
        {
          collector: 'accounts',
          title: { nb: 'Kontoer', en: 'Accounts' },
          interval: 'PT5M',
          kind: 'full',
          sequence,
          put: facts.map(({ type, value }) => ({ type, value })),
          gone: [],
          coverage: ofAccounts.map((type) => ({ type, scope: host, state: 'complete', detail: '' })),
          digest: digestOfFacts(facts),
          observedAt: Date.now(),
        },
      ])
      if (answer?.state !== 'taken') throw new Error(`The report was ${answer?.state}: ${answer?.why}`)
    },
  }
}

/** What is looked at where accounts are. */
const ofAccounts = [
  'account',
  'password-state',
  'group',
  'authorized-key',
  'certificate-authority',
  'sudo-rule',
  'sshd-setting',
  'file-capability',
  'control-socket',
]

function factsOf(host: string, name: string, uid: number) {
  const home = `/home/${name}`
  const said: readonly { readonly type: string; readonly value: object }[] = [
    { type: 'account', value: { host, name, uid, gid: 2000, home, shell: '/bin/sh', shellOpens: true } },
    {
      type: 'password-state',
      value: { host, account: name, state: 'set', scheme: 'yescrypt', accountExpires: null },
    },
    {
      type: 'authorized-key',
      value: {
        host,
        account: name,
        fingerprint: `SHA256:${uid}`,
        keyType: 'ssh-ed25519',
        bits: 256,
        certificateAuthority: false,
        options: [],
        file: `${home}/.ssh/authorized_keys`,
        line: 1,
      },
    },
  ]
  return said.map(({ type, value }) => ({ type, value, key: vocabulary.get(type)?.key(value) ?? '' }))
}
