import { check, every, fails, strings } from '@hevd/core'
import { sshdSettings, type ValueOf } from '@hevd/facts'
import { productionHosts } from '../../populations.ts'

type Setting = ValueOf<typeof sshdSettings>

/** Every running sshd lets people in only by methods that show who they are. */
export const methodsAllowed = check('unique-network-authentication/methods-allowed', {
  of: productionHosts,
  parameters: { allowedAuthenticationMethods: strings },
  reads: (host) => ({ settings: sshdSettings.ofHost(host.id) }),
  judge: (_host, { settings }, { allowedAuthenticationMethods }) => {
    const others = (setting: Setting) =>
      setting.running
        ? offered(setting).filter((method) => !allowedAuthenticationMethods.includes(method))
        : []
    return every(
      settings,
      (setting) => others(setting).length === 0,
      (loose) => fails('method-not-allowed', { methods: [...new Set(loose.flatMap(others))] }),
    )
  },
})

/** Methods by their names in the SSH protocol (RFC 4252 and its extensions); an empty password asks for nothing. */
function offered(setting: Setting): readonly string[] {
  const methods: readonly (readonly [string, boolean])[] = [
    ['publickey', setting.pubkeyAuthentication],
    ['password', setting.passwordAuthentication],
    ['keyboard-interactive', setting.kbdInteractiveAuthentication],
    ['hostbased', setting.hostbasedAuthentication],
    ['gssapi-with-mic', setting.gssapiAuthentication],
    ['none', setting.passwordAuthentication && setting.permitEmptyPasswords],
  ]
  return methods.filter(([, on]) => on).map(([method]) => method)
}
