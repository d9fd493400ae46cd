import { check, every, fails, strings } from '@hevd/core'
import { sshdSettings, type ValueOf } from '@hevd/facts'
import { productionHosts } from '../../populations.ts'

type Setting = ValueOf<typeof sshdSettings>

/** Every running sshd on a production host refuses the algorithms that are no longer safe. */
export const strongAlgorithms = check('encrypted-remote-access/ssh-algorithms', {
  of: productionHosts,
  parameters: { sshAlgorithmsRefused: strings },
  reads: (host) => ({ settings: sshdSettings.ofHost(host.id) }),
  judge: (_host, { settings }, { sshAlgorithmsRefused }) => {
    const weak = (setting: Setting) =>
      setting.running ? offered(setting).filter(matching(sshAlgorithmsRefused)) : []
    return every(
      settings,
      (setting) => weak(setting).length === 0,
      (loose) => fails('ssh-algorithms-weak', { algorithms: [...new Set(loose.flatMap(weak))] }),
    )
  },
})

function offered(setting: Setting): readonly string[] {
  return [...setting.ciphers, ...setting.macs, ...setting.keyExchanges, ...setting.hostKeyAlgorithms]
}

/** Whether a name is one of the patterns; `*` stands for any text, as in OpenSSH's own lists. */
function matching(patterns: readonly string[]): (name: string) => boolean {
  const expressions = patterns.map((pattern) => {
    const literal = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    return new RegExp(`^${literal.join('.*')}$`)
  })
  return (name) => expressions.some((expression) => expression.test(name))
}
