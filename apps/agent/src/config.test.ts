import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { readAgentConfig } from './config.ts'
import { AgentError } from './errors.ts'
import { hostIdentity } from './host-id.ts'
import { cleansUpBy } from './testdata/at-end.ts'
import { folderWith } from './testdata/folder.ts'

cleansUpBy(onTestFinished)

/** A home whose agent folder has these settings. */
function home(settings?: string): string {
  const folder = folderWith({})
  mkdirSync(folder.at('agent'))
  if (settings !== undefined) writeFileSync(folder.at('agent/agent.json'), settings, { mode: 0o600 })
  return folder.path
}

function codeOf(read: () => unknown): string {
  try {
    read()
    return 'read'
  } catch (error) {
    return error instanceof AgentError ? error.code : String(error)
  }
}

test('what is not said has a default', () => {
  const folder = home()
  expect(readAgentConfig({ HEVD_HOME: folder }, true)).toEqual({
    folder: `${folder}/agent`,
    server: 'http://127.0.0.1:4383',
    look: {
      postgres: [],
      endpoints: [],
      probing: true,
      cloudMetadata: true,
      scan: { databases: [], logs: [], every: 'P1D' },
      backups: folder,
    },
    limits: { processor: 0.1, memory: 384, nice: 10 },
  })
  expect(readAgentConfig({}, true).folder).toBe('/var/lib/hevd/agent')
})

test('the file, and the environment over it', () => {
  const settings = {
    server: 'https://hevd.example.org',
    postgres: ['postgresql://hevd@db/postgres'],
    endpoints: ['example.org:443', '[::1]:8443'],
    probing: false,
  }
  const folder = home(JSON.stringify(settings))
  const { server, ...look } = settings
  expect(readAgentConfig({ HEVD_HOME: folder }, true)).toMatchObject({ server, look })
  const over = readAgentConfig({ HEVD_HOME: folder, HEVD_SERVER: 'http://localhost:5000' }, true)
  expect(over.server).toBe('http://localhost:5000')
})

test.each<[string, string, string]>([
  ['https', 'https://hevd.example.org', 'read'],
  ['http to this host itself', 'http://127.0.0.1:4383', 'read'],
  ['http to IPv6 loopback', 'http://[::1]:4383', 'read'],
  ['http to another host', 'http://hevd.example.org', 'server-not-encrypted'],
  ['http to a name that only looks like loopback', 'http://127.0.0.1.example.org', 'server-not-encrypted'],
  ['a path', 'https://hevd.example.org/hevd', 'setting-not-valid'],
  ['credentials', 'https://a:b@hevd.example.org', 'setting-not-valid'],
  ['something else', 'ftp://hevd.example.org', 'setting-not-valid'],
  ['no address', 'hevd', 'setting-not-valid'],
])('the server: %s', (_name, server, code) => {
  expect(codeOf(() => readAgentConfig({ HEVD_HOME: home(), HEVD_SERVER: server }, true))).toBe(code)
})

test.each<[string, string]>([
  ['not JSON', '{'],
  ['an unknown setting', '{"postgress": []}'],
  ['an end point without a port', '{"endpoints": ["example.org"]}'],
  ['another database', '{"postgres": ["mysql://db/x"]}'],
])('a file that is not valid: %s', (_name, text) => {
  expect(codeOf(() => readAgentConfig({ HEVD_HOME: home(text) }, true))).toBe('setting-not-valid')
})

test('a password that others can read is refused', () => {
  const folder = home('{"postgres": ["postgresql://hevd:secret@db/postgres"]}')
  expect(codeOf(() => readAgentConfig({ HEVD_HOME: folder }, true))).toBe('read')
  chmodSync(`${folder}/agent/agent.json`, 0o644)
  expect(codeOf(() => readAgentConfig({ HEVD_HOME: folder }, true))).toBe('settings-readable')
})

test('the host’s id is made once and kept; a damaged one is an error, never a new host', () => {
  const folder = folderWith().at('agent')
  const { id } = hostIdentity(folder)
  expect(hostIdentity(folder).id).toBe(id)
  const file = `${folder}/host-id`
  expect(readFileSync(file, 'utf8')).toBe(`${id}\n`)
  for (const damaged of ['', id.slice(0, 20), 'nonsense\n']) {
    writeFileSync(file, damaged)
    expect(codeOf(() => hostIdentity(folder))).toBe('host-id-damaged')
  }
})
