import type { sshdSettings, ValueOf } from '@hevd/facts'
import type { CertificateWay } from './certificate-ways.ts'

type Fact = ValueOf<typeof sshdSettings>
/** What sshd would do, without for whom and by which file. */
export type Effective = Omit<Fact, 'host' | 'configuration' | 'running' | 'account'> & {
  readonly strictModes: boolean
  readonly authorizedKeysCommand: string | null
  /** None without `TrustedUserCAKeys`, or where no key is taken; one for each kind of connection that differs. */
  readonly certificateWays: readonly CertificateWay[]
}

/** Reads what `sshd -T` prints: a keyword in small letters and its value on each line. Throws when it is not that. */
export function parseEffective(text: string): Effective {
  const values = new Map<string, string[]>()
  for (const line of text.split('\n')) {
    const space = line.indexOf(' ')
    if (space <= 0) continue
    const keyword = line.slice(0, space)
    values.set(keyword, [...(values.get(keyword) ?? []), line.slice(space + 1).trim()])
  }
  const one = (keyword: string) => {
    const value = values.get(keyword)?.[0]
    if (value === undefined) throw new RangeError(`sshd -T says nothing of ${keyword}`)
    return value
  }
  const yes = (keyword: string) => one(keyword) === 'yes'
  const maybeYes = (keyword: string) => values.get(keyword)?.[0] === 'yes'
  const list = (keyword: string) => one(keyword).split(',').filter(nonEmpty)
  const words = (keyword: string) =>
    (values.get(keyword) ?? []).flatMap((value) => value.split(/\s+/)).filter(nonEmpty)
  const unlessNone = (keyword: string) => {
    const value = values.get(keyword)?.[0] ?? 'none'
    return value === 'none' || value === '' ? null : value
  }
  const permitRootLogin = one('permitrootlogin')
  const pubkeyAuthentication = yes('pubkeyauthentication')
  const authenticationMethods = words('authenticationmethods')
  const trustedUserCaKeys = unlessNone('trustedusercakeys')
  const strictModes = yes('strictmodes')
  const takesKeys =
    pubkeyAuthentication && authenticationMethods.some((list) => /(^any$|\bpublickey\b)/.test(list))
  const way = (authorities: string): CertificateWay => ({
    authorities,
    principalsFile: unlessNone('authorizedprincipalsfile'),
    principalsCommand: unlessNone('authorizedprincipalscommand'),
    strictModes,
    root: permitRootLogin !== 'no',
    allowUsers: values.get('allowusers') ?? [],
    denyUsers: values.get('denyusers') ?? [],
    allowGroups: values.get('allowgroups') ?? [],
    denyGroups: values.get('denygroups') ?? [],
  })
  return {
    permitRootLogin,
    passwordAuthentication: yes('passwordauthentication'),
    kbdInteractiveAuthentication:
      maybeYes('kbdinteractiveauthentication') || maybeYes('challengeresponseauthentication'),
    pubkeyAuthentication,
    hostbasedAuthentication: yes('hostbasedauthentication'),
    gssapiAuthentication: maybeYes('gssapiauthentication'),
    permitEmptyPasswords: yes('permitemptypasswords'),
    usePam: maybeYes('usepam'),
    authenticationMethods,
    ciphers: list('ciphers'),
    macs: list('macs'),
    keyExchanges: list('kexalgorithms'),
    hostKeyAlgorithms: list('hostkeyalgorithms'),
    allowTcpForwarding: one('allowtcpforwarding'),
    authorizedKeysFiles: words('authorizedkeysfile').filter((file) => file !== 'none'),
    trustedUserCaKeys,
    strictModes,
    authorizedKeysCommand: unlessNone('authorizedkeyscommand'),
    certificateWays: trustedUserCaKeys === null || !takesKeys ? [] : [way(trustedUserCaKeys)],
  }
}

function nonEmpty(text: string): boolean {
  return text !== ''
}

const rootLoginOrder = ['no', 'forced-commands-only', 'without-password', 'prohibit-password', 'yes']
const forwardingOrder = ['no', 'local', 'remote', 'yes']

/**
 * What is let in from at least one kind of connection, where a Match block makes it depend on where it comes from.
 * Every list and switch is the widest of the given ones; none given throws.
 */
export function widest(all: readonly Effective[]): Effective {
  const [first, ...rest] = all
  if (first === undefined) throw new RangeError('no settings')
  return rest.reduce(wider, first)
}

function wider(a: Effective, b: Effective): Effective {
  return {
    permitRootLogin: later(rootLoginOrder, a.permitRootLogin, b.permitRootLogin),
    passwordAuthentication: a.passwordAuthentication || b.passwordAuthentication,
    kbdInteractiveAuthentication: a.kbdInteractiveAuthentication || b.kbdInteractiveAuthentication,
    pubkeyAuthentication: a.pubkeyAuthentication || b.pubkeyAuthentication,
    hostbasedAuthentication: a.hostbasedAuthentication || b.hostbasedAuthentication,
    gssapiAuthentication: a.gssapiAuthentication || b.gssapiAuthentication,
    permitEmptyPasswords: a.permitEmptyPasswords || b.permitEmptyPasswords,
    usePam: a.usePam || b.usePam,
    authenticationMethods: union(a.authenticationMethods, b.authenticationMethods),
    ciphers: union(a.ciphers, b.ciphers),
    macs: union(a.macs, b.macs),
    keyExchanges: union(a.keyExchanges, b.keyExchanges),
    hostKeyAlgorithms: union(a.hostKeyAlgorithms, b.hostKeyAlgorithms),
    allowTcpForwarding: bothDirections(a.allowTcpForwarding, b.allowTcpForwarding),
    authorizedKeysFiles: union(a.authorizedKeysFiles, b.authorizedKeysFiles),
    trustedUserCaKeys: a.trustedUserCaKeys ?? b.trustedUserCaKeys,
    strictModes: a.strictModes && b.strictModes,
    authorizedKeysCommand: a.authorizedKeysCommand ?? b.authorizedKeysCommand,
    certificateWays: uniqueWays([...a.certificateWays, ...b.certificateWays]),
  }
}

function uniqueWays(all: readonly CertificateWay[]): CertificateWay[] {
  return [...new Map(all.map((way) => [JSON.stringify(way), way])).values()]
}

function bothDirections(a: string, b: string): string {
  const between = new Set([a, b])
  return between.has('local') && between.has('remote') ? 'yes' : later(forwardingOrder, a, b)
}

function later(order: readonly string[], a: string, b: string): string {
  return order.indexOf(b) > order.indexOf(a) ? b : a
}

function union(a: readonly string[], b: readonly string[]): string[] {
  return [...new Set([...a, ...b])]
}
