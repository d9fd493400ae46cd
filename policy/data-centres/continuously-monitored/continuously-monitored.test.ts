import { type Fact, judge, Moment, type Reading, type Unseen } from '@hevd/core'
import { agents, hosts, importedLists, listedHosts, operatingSystems, type ValueOf } from '@hevd/facts'
import { describe, expect, test } from 'vitest'
import { made } from '../../made.ts'
import { judgedIn, noon, said, type World } from '../../world.ts'
import { declaredIsListed } from './declared-is-listed.ts'
import { hostsHeard } from './hosts-heard.ts'
import { listedIsHeard } from './listed-is-heard.ts'

const minute = 60_000
const day = 86_400_000
const parameters = { silentAtMost: 'PT15M', listNoOlderThan: 'P30D' }
const agent = (over: Partial<ValueOf<typeof agents>> = {}) =>
  said(agents, { host: 'h1', version: '0.1.0', root: true, ...over })
const listed = (over: Partial<ValueOf<typeof listedHosts>> = {}) =>
  said(listedHosts, { source: 'aws', id: 'i-1', name: 'db1', otherNames: [], kind: 'server', ...over })
const list = (age = 1) =>
  said(importedLists, { of: 'hosts', source: 'aws', importedAt: noon - age * day, entries: 1 })

describe('a declared host is heard from', () => {
  const value = { id: 'h1', name: 'db1', role: 'production', declaredBy: 'admin' } as const
  const fact = <Value>(of: Value, recordedAt = noon - day): Fact<Value> => ({
    value: of,
    feed: 'f',
    observedAt: recordedAt,
    recordedAt,
  })
  const nothing = (unseen: Unseen): Reading => ({ facts: [], unseen: [unseen] })
  const heard: Reading = { facts: [fact({ host: 'h1' })], unseen: [] }
  const never = nothing({ code: 'never-connected', type: 'agent' })
  const silent = (since: number) => nothing({ code: 'silent', feed: 'h1/agent', since })
  const say = (agentSays: Reading, system: Reading = never, declaredAt = noon - day, at = noon) => {
    const moment = new Moment(at, 'Europe/Oslo')
    const declared = { facts: [fact(value, declaredAt)], unseen: [] }
    const readings = { agent: agentSays, system, declared }
    return { ...judge(hostsHeard, value, readings, { values: parameters, before: null }, moment), moment }
  }

  test.each<[string, ReturnType<typeof say>, string, string | null]>([
    ['it speaks', say(heard), 'holds', null],
    [
      'silent for sixteen minutes, the known-bad twin',
      say(silent(noon - 16 * minute)),
      'fails',
      'host-silent',
    ],
    ['silent for fourteen', say(silent(noon - 14 * minute)), 'unknown', 'unseen-silent'],
    ['never heard since yesterday', say(never), 'fails', 'host-never-heard'],
    ['declared a minute ago', say(never, never, noon - minute), 'unknown', 'host-not-yet-heard'],
    ['an agent that does not speak of itself', say(never, heard), 'holds', null],
    ['and one that has fallen silent', say(never, silent(noon - day)), 'fails', 'host-silent'],
    [
      'an agent that may not read something is heard all the same',
      say(nothing({ code: 'needs-right', feed: 'h1/agent', right: 'root' })),
      'holds',
      null,
    ],
  ])('%s', (_name, judged, verdict, code) => {
    expect(judged).toMatchObject({ verdict, why: code === null ? null : { code } })
  })

  test('what is silent is looked at again when its time is up', () => {
    expect(say(silent(noon - 14 * minute)).moment.horizon).toBe(noon + minute)
  })
})

const world = (...facts: World['facts']): World => ({
  facts,
  seen: [hosts, listedHosts, importedLists, agents, operatingSystems],
  scopes: ['h1'],
})

describe('a server of an independent list is declared and heard', () => {
  test.each<[string, World['facts'], string, string | null]>([
    ['by its name', [made.host(), agent(), listed(), list()], 'holds', null],
    [
      'by its id, whatever it is called',
      [made.host({ id: 'i-1', name: 'x' }), agent({ host: 'i-1' }), list(), listed()],
      'holds',
      null,
    ],
    [
      'by a name with a domain',
      [made.host(), agent(), listed({ name: 'DB1.prod.example' }), list()],
      'holds',
      null,
    ],
    [
      'by another of its names',
      [
        made.host({ name: 'ip-10-0-0-7.internal' }),
        agent(),
        list(),
        listed({ otherNames: ['ip-10-0-0-7.internal'] }),
      ],
      'holds',
      null,
    ],
    [
      'nowhere, the known-bad twin',
      [made.host({ name: 'db2' }), agent(), listed(), list()],
      'fails',
      'not-declared',
    ],
    [
      'the same label in another domain',
      [made.host({ name: 'db1.test.example' }), agent(), listed({ name: 'db1.prod.example' }), list()],
      'fails',
      'not-declared',
    ],
    [
      'nowhere, on a list that is too old',
      [made.host({ name: 'db2' }), listed(), list(31)],
      'unknown',
      'list-old',
    ],
    ['on a list that is too old', [made.host(), agent(), listed(), list(31)], 'unknown', 'list-old'],
  ])('%s', (_name, facts, verdict, code) => {
    const judged = Object.values(judgedIn(world(...facts), listedIsHeard, parameters))
    expect(judged).toMatchObject([{ verdict, why: code === null ? null : { code } }])
  })

  test('a work device of the list is not meant', () => {
    expect(judgedIn(world(listed({ kind: 'workstation' }), list()), listedIsHeard, parameters)).toEqual({})
  })

  test('a register of hosts that is not seen leaves it open', () => {
    const unseen = [{ type: 'host', scope: '-', state: 'failed', detail: '' }] as const
    expect(judgedIn({ ...world(listed(), list()), unseen }, listedIsHeard, parameters)).toMatchObject({
      'aws/i-1': { verdict: 'unknown', why: { code: 'unseen-failed' } },
    })
  })

  test('declared and never heard fails like any other', () => {
    const unheard = { ...world(made.host(), listed(), list()), seen: [hosts, listedHosts, importedLists] }
    const later = judgedIn(unheard, listedIsHeard, { ...parameters, silentAtMost: 'PT0S' })
    expect(later).toMatchObject({ 'aws/i-1': { verdict: 'fails', why: { code: 'host-never-heard' } } })
  })
})

describe('a declared host stands in an independent list', () => {
  test.each<[string, World['facts'], string, string | null]>([
    ['it does', [made.host(), listed(), list()], 'holds', null],
    [
      'it does not: shown, not failed',
      [made.host(), listed({ name: 'db2' }), list()],
      'unknown',
      'not-listed',
    ],
    ['the list is too old', [made.host(), listed(), list(31)], 'unknown', 'list-old'],
    ['the list is too old and lacks it', [made.host(), list(31)], 'unknown', 'list-old'],
    ['there is no list', [made.host()], 'unknown', 'no-list'],
    [
      'on the old list of two',
      [
        made.host(),
        listed(),
        list(31),
        said(importedLists, { of: 'hosts', source: 'azure', importedAt: noon, entries: 0 }),
      ],
      'unknown',
      'list-old',
    ],
  ])('%s', (_name, facts, verdict, code) => {
    expect(judgedIn(world(...facts), declaredIsListed, parameters)).toMatchObject({
      h1: { verdict, why: code === null ? null : { code } },
    })
  })
})
