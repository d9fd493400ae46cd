import { check, fails, holds, type Judgement, type Reading, unseen } from '@hevd/core'
import { authorizedKeys, passwordStates, sshdSettings, type ValueOf } from '@hevd/facts'
import { productionHosts } from '../../populations.ts'

type Setting = ValueOf<typeof sshdSettings>
type Ways = {
  readonly settings: Reading<Setting>
  readonly ofRoot: Reading<Setting>
  readonly password: Reading<ValueOf<typeof passwordStates>>
  readonly keys: Reading<ValueOf<typeof authorizedKeys>>
}

/** Nobody comes over SSH straight into root: people come as themselves, so that it can be seen who it was. */
export const rootLogin = check('production-os-restricted/no-root-login', {
  of: productionHosts,
  reads: (host) => ({
    settings: sshdSettings.ofHost(host.id),
    ofRoot: sshdSettings.ofAccount(`${host.id}/root`),
    password: passwordStates.ofAccount(`${host.id}/root`),
    keys: authorizedKeys.ofAccount(`${host.id}/root`),
  }),
  judge: (_host, ways) => judgeRoot(ways),
})

function judgeRoot({ settings, ofRoot, password, keys }: Ways): Judgement {
  const own = new Set(ofRoot.facts.map(({ value }) => value.configuration))
  const forRoot = settings.facts
    .map(({ value }) => value)
    .filter((setting) => setting.running && setting.permitRootLogin !== 'no')
    .filter(
      (setting) =>
        setting.account === 'root' || (setting.account === null && !own.has(setting.configuration)),
    )
  const byKey = forRoot.some(
    (setting) => setting.pubkeyAuthentication && setting.permitRootLogin !== 'forced-commands-only',
  )
  const byPassword = forRoot.some(
    (setting) =>
      setting.permitRootLogin === 'yes' &&
      (setting.passwordAuthentication || setting.kbdInteractiveAuthentication),
  )
  const trusted = [...new Set(forRoot.flatMap(trusts))]
  if (byKey && keys.facts.length > 0) return fails('root-login-by-key', { keys: keys.facts.length })
  if (byPassword && password.facts.some(({ value }) => value.state !== 'locked'))
    return fails('root-login-by-password')
  if (trusted.length > 0) return fails('root-login-by-trust', { methods: trusted })
  const needed = [settings, ...(byKey ? [keys] : []), ...(byPassword ? [password] : [])]
  const [missing] = needed.flatMap((reading) => reading.unseen)
  return missing === undefined ? holds() : unseen(missing)
}

/** Ways in that leave no key or password of root's on the host: a certificate, a trusted machine, a ticket. */
function trusts(setting: Setting): readonly string[] {
  if (setting.permitRootLogin === 'forced-commands-only') return []
  const ways: readonly (readonly [string, boolean])[] = [
    ['TrustedUserCAKeys', setting.pubkeyAuthentication && namesFile(setting.trustedUserCaKeys)],
    ['HostbasedAuthentication', setting.hostbasedAuthentication],
    ['GSSAPIAuthentication', setting.gssapiAuthentication],
  ]
  return ways.filter(([, on]) => on).map(([name]) => name)
}

function namesFile(path: string | null): boolean {
  return path !== null && path !== 'none'
}
