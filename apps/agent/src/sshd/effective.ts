import { generateKeyPairSync } from 'node:crypto'
import { failedBy, type Gap, needsRight, partialWithout, rootRight } from '../collector.ts'
import { readPasswd, whyNot } from '../collectors/accounts.ts'
import type { HostAccess } from '../host/access.ts'
import { configurationTexts } from './configuration-files.ts'
import { type Connection, matchesIn } from './match.ts'
import { type Server, sshServers } from './servers.ts'
import { type Effective, parseEffective, widest } from './settings.ts'

/** A server with what it does for everybody and, where that is something else, for single accounts. */
export type EffectiveServer = {
  readonly server: Server
  readonly everybody: Effective
  readonly accounts: ReadonlyMap<string, Effective>
}
export type EffectiveServers = { readonly servers: readonly EffectiveServer[]; readonly gap: Gap }

/** A name that no account has: what it gets, everybody gets whom no block names. */
const nobodyInParticular = '~'
const mostAccounts = 500

/** Asks sshd itself; none when it is not installed. */
export async function effectiveServers(access: HostAccess): Promise<EffectiveServers> {
  const programs = await Promise.all(
    ['/usr/sbin/sshd', '/usr/local/sbin/sshd'].map((path) => access.files.status(path)),
  )
  if (programs.every(({ kind }) => kind === 'absent')) return { servers: [], gap: null }
  const { servers, complete } = await sshServers(access)
  const asked = await Promise.all(servers.map((server) => ask(access, server)))
  const gaps = asked.map(({ gap }) => gap).filter((gap) => gap !== null)
  return {
    servers: asked.flatMap(({ effective }) => effective ?? []),
    gap: gaps[0] ?? (complete ? null : needsRight(rootRight)),
  }
}

type Asked = { readonly effective: EffectiveServer | null; readonly gap: Gap }

async function ask(access: HostAccess, server: Server): Promise<Asked> {
  const texts = await configurationTexts(access, server.configuration)
  if (texts.kind === 'refused') return { effective: null, gap: needsRight(rootRight) }
  if (texts.kind === 'absent')
    return { effective: null, gap: server.running ? failedBy(`there is no ${server.configuration}`) : null }
  const { byAccount, connections } = matchesIn(texts.value)
  const everybody = await widestFor(access, server, nobodyInParticular, connections)
  if (typeof everybody === 'string') return { effective: null, gap: failedBy(everybody) }
  if (!byAccount) return { effective: { server, everybody, accounts: new Map() }, gap: null }
  const passwd = await readPasswd(access)
  if (passwd.kind === 'failed') return { effective: null, gap: failedBy(passwd.error) }
  const names = passwd.rows.map(({ name }) => name).filter((name) => !/[,=\s]/.test(name))
  const accounts = new Map<string, Effective>()
  for (const name of names.slice(0, mostAccounts)) {
    const effective = await widestFor(access, server, name, connections)
    if (typeof effective === 'string') return { effective: null, gap: failedBy(effective) }
    if (JSON.stringify(effective) !== JSON.stringify(everybody)) accounts.set(name, effective)
  }
  const left = passwd.rows.length - Math.min(names.length, mostAccounts)
  const gap = left === 0 ? passwd.gap : partialWithout(`sshd: Match, ${left} accounts`)
  return { effective: { server, everybody, accounts }, gap }
}

async function widestFor(
  access: HostAccess,
  server: Server,
  user: string,
  connections: readonly Connection[],
): Promise<Effective | string> {
  const all: Effective[] = []
  for (const { addr, host, laddr, lport } of connections) {
    const connection = `user=${user},host=${host},addr=${addr},laddr=${laddr},lport=${lport}`
    const options = server.options.flatMap((option) => ['-o', option])
    const answer = await test(access, ['-T', '-f', server.configuration, ...options, '-C', connection])
    if (typeof answer === 'string') return answer
    all.push(answer)
  }
  return widest(all)
}

/**
 * sshd refuses to print its settings without a host key it may read and, as root, without its privilege separation
 * folder. Neither changes what it prints, so that it is given a throwaway key and asked without root.
 */
async function test(access: HostAccess, args: readonly string[]): Promise<Effective | string> {
  const asRoot = access.isRoot ? await access.run('sshd', args) : null
  if (asRoot?.kind === 'ran' && asRoot.code === 0) return parseEffective(asRoot.out)
  const ran = await access.withScratchFile(throwawayKey(), { unprivileged: true }, (key) =>
    access.run('sshd', [...args, '-h', key], { unprivileged: true }),
  )
  if (ran.kind === 'ran' && ran.code === 0) return parseEffective(ran.out)
  return `sshd -T: ${whyNot(ran)}`
}

/** PEM of a fresh key, which is never used for anything. */
function throwawayKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return privateKey.export({ type: 'sec1', format: 'pem' }).toString()
}
