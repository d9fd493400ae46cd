import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { npmPeers, peers } from './peers.ts'
import { root } from './sources.ts'

/** What is installed is not started: invoke-rc.d(8) asks policy-rc.d, which refuses while this runs. */
const installWithoutStarting = `set -e
policy=/usr/sbin/policy-rc.d
if [ ! -e $policy ]; then
  trap 'rm -f $policy' EXIT
  trap 'exit 1' HUP INT TERM
  printf '#!/bin/sh\\nexit 101\\n' > $policy
  chmod 755 $policy
fi
export DEBIAN_FRONTEND=noninteractive
apt-get install -y -qq --no-install-recommends "$@"`
/**
 * `npm test`: installs the real peers the tests need, then runs the checks and every test. Needs root, or sudo
 * without a password, for the peers; says exactly what is missing otherwise.
 */
const missing = peers.filter((name) => !installed(name))
if (missing.length > 0) {
  const prefix = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  console.log(`Installing what the tests run against: ${missing.join(' ')}`)
  const started = performance.now()
  const ok =
    step([...prefix, 'apt-get', 'update', '-qq']) &&
    step([...prefix, 'sh', '-c', installWithoutStarting, 'install', ...missing])
  if (!ok) {
    console.error(
      `Could not install: ${missing.join(' ')}. Run as root: apt-get install ${missing.join(' ')}`,
    )
    process.exit(2)
  }
  console.log(`${megabytes(missing)} MB, in ${Math.round((performance.now() - started) / 1000)} s`)
}
for (const folder of npmPeers.filter(isStale)) {
  console.log(`Installing what the tests run against: ${folder}`)
  if (step(['npm', 'ci', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund'])) continue
  console.error(`Could not install ${folder}: npm ci needs to reach the npm registry, as the root's own does`)
  process.exit(2)
}
process.exit(step(['npm', 'run', '-s', 'check']) && step(['vitest', 'run', ...process.argv.slice(2)]) ? 0 : 1)

function installed(name: string): boolean {
  const asked = spawnSync('dpkg-query', ['-W', '-f', '${db:Status-Status}', name], { encoding: 'utf8' })
  return asked.stdout?.endsWith('installed') ?? false
}

/** Not installed since its lock was last written: npm leaves a copy of the lock as the last thing it does. */
function isStale(folder: string): boolean {
  const written = (file: string) =>
    statSync(join(root, folder, file), { throwIfNoEntry: false })?.mtimeMs ?? 0
  return written('node_modules/.package-lock.json') < written('package-lock.json')
}

/** What packages take on disk, without what they depend on. */
function megabytes(names: readonly string[]): number {
  const asked = spawnSync('dpkg-query', ['-W', '-f', '${Installed-Size}\\n', ...names], { encoding: 'utf8' })
  return Math.round(asked.stdout.split('\n').reduce((sum, size) => sum + Number(size), 0) / 1024)
}

function step([command = '', ...args]: readonly string[]): boolean {
  return spawnSync(command, args, { cwd: root, stdio: 'inherit' }).status === 0
}
