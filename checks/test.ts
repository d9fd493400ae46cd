import { spawnSync } from 'node:child_process'
import { peers } from './peers.ts'
import { root } from './sources.ts'

/**
 * `npm test`: installs the real peers the tests need, then runs the checks and every test. Needs root, or sudo
 * without a password, for the peers; says exactly what is missing otherwise.
 */
const missing = peers.filter((name) => !installed(name))
if (missing.length > 0) {
  const prefix = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  console.log(`Installing what the tests run against: ${missing.join(' ')}`)
  const ok =
    step([...prefix, 'apt-get', 'update', '-qq']) &&
    step([
      ...prefix,
      'env',
      'DEBIAN_FRONTEND=noninteractive',
      'apt-get',
      'install',
      '-y',
      '-qq',
      '--no-install-recommends',
      ...missing,
    ])
  if (!ok) {
    console.error(
      `Could not install: ${missing.join(' ')}. Run as root: apt-get install ${missing.join(' ')}`,
    )
    process.exit(2)
  }
}
process.exit(step(['npm', 'run', '-s', 'check']) && step(['vitest', 'run', ...process.argv.slice(2)]) ? 0 : 1)

function installed(name: string): boolean {
  const asked = spawnSync('dpkg-query', ['-W', '-f', '${db:Status-Status}', name], { encoding: 'utf8' })
  return asked.stdout?.endsWith('installed') ?? false
}

function step([command = '', ...args]: readonly string[]): boolean {
  return spawnSync(command, args, { cwd: root, stdio: 'inherit' }).status === 0
}
