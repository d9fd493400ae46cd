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
        ? waysIn(setting)
            .filter((way) => !way.some((method) => allowedAuthenticationMethods.includes(method)))
            .map((way) => way.join(' + '))
        : []
    return every(
      settings,
      (setting) => others(setting).length === 0,
      (loose) => fails('method-not-allowed', { methods: [...new Set(loose.flatMap(others))] }),
    )
  },
})

/**
 * Each way in as the methods it takes together. `AuthenticationMethods` narrows what is offered; one allowed method
 * among those demanded together shows who it is.
 */
function waysIn(setting: Setting): readonly (readonly string[])[] {
  const on = offered(setting)
  if (setting.authenticationMethods.includes('any')) return on.map((method) => [method])
  const ways = setting.authenticationMethods.map((list) =>
    list.split(',').map((method) => method.split(':')[0] ?? method),
  )
  return ways.filter((way) => way.every((method) => method === 'none' || on.includes(method)))
}

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
