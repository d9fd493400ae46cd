import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { agentErrors } from '../errors.ts'
import { findKeyFiles } from '../key-files/finding.ts'
import { psqlOptions, queries } from '../postgres/queries.ts'
import { allowed, permitted } from './allowed.ts'

const psql = (...last: string[]) => ['--host=/run/postgresql', '--port=5432', ...psqlOptions, ...last]

test.each<[string, string, readonly string[], boolean]>([
  ['the account list', 'getent', ['passwd'], true],
  ['another database of the name service', 'getent', ['hosts', 'x'], false],
  ['sshd that only tests', 'sshd', ['-T', '-f', '/etc/ssh/sshd_config', '-C', 'user=x'], true],
  ['sshd that would run', 'sshd', ['-D', '-f', '/tmp/x'], false],
  ['sshd that would write a file', 'sshd', ['-T', '-E', '/etc/passwd'], false],
  ['sudoers converted', 'cvtsudoers', ['-c', '/dev/null', '-e', '-f', 'json', '/etc/sudoers'], true],
  ['sudoers written somewhere', 'cvtsudoers', ['-o', '/etc/sudoers', '/tmp/x'], false],
  ['capabilities of files', 'getcap', ['-r', '/usr'], true],
  ['an option of getcap that is not for reading on', 'getcap', ['-r', '-h'], false],
  ['files by the names of keys', 'find', findKeyFiles, true],
  ['files that would be done something with', 'find', [...findKeyFiles.slice(0, -1), '-delete'], false],
  ['a policy of apt', 'apt-cache', ['policy', 'bash'], true],
  ['a setting of apt', 'apt-cache', ['policy', '-o', 'Dir::Cache=/x'], false],
  ['an installation', 'apt-get', ['install', 'x'], false],
  ['a setting beside the targets', 'apt-get', ['indextargets', '-o', 'APT::Update::Pre-Invoke::=x'], false],
  ['whether a unit runs', 'systemctl', ['is-active', 'ssh.socket'], true],
  ['a unit stopped', 'systemctl', ['stop', 'ssh'], false],
  ['a query that reads', 'psql', psql(`--command=${queries.roles}`), true],
  ['a query of somebody else', 'psql', psql('--command=drop table x'), false],
  ['a query and a file', 'psql', psql('--file=/tmp/x', `--command=${queries.roles}`), false],
  ['another machine', 'psql', ['--host=db', ...psql(`--command=${queries.roles}`).slice(1)], false],
  ['what is not on the list', 'rm', ['-rf', '/'], false],
  ['a name that every object has', 'constructor', [], false],
  ['a byte that ends an argument', 'getent', ['passwd\0'], false],
])('%s', (_name, command, args, may) => {
  expect(permitted(command, args) !== null).toBe(may)
})

test('README lists every command that may be run and every error', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  const rows = (heading: string) =>
    [...(readme.split(`## ${heading}`)[1]?.split('\n## ')[0] ?? '').matchAll(/^\| `([^`]+)`/gm)].map(
      ([, name]) => name,
    )
  expect(rows('What it may run').sort()).toEqual(Object.keys(allowed).sort())
  expect(rows('Errors').sort()).toEqual(Object.keys(agentErrors).sort())
})
