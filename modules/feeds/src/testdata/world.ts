import type { Coverage, Instant } from '@hevd/core'
import { accounts, digestOfFacts, hosts, type Said, vocabulary } from '@hevd/facts'
import { pino } from 'pino'
import type { Report } from '../contract.ts'

/** Facts and reports that the tests of feeds are made of. */
export const silent = pino({ level: 'silent' })
export const minute = 60_000

export function account(host: string, name: string, uid = 1000): Said {
  const value = { host, name, uid, gid: uid, home: `/home/${name}`, shell: '/bin/bash', shellOpens: true }
  return { type: accounts.name, value }
}

export function declared(host: string): Said {
  return { type: hosts.name, value: { id: host, name: host, role: 'production', declaredBy: 'first-start' } }
}

export const whole = (type: string, scope: string): Coverage => ({
  type,
  scope,
  state: 'complete',
  detail: '',
})
export const gap = (
  type: string,
  scope: string,
  state: Coverage['state'] = 'failed',
  detail = 'x',
): Coverage => ({ type, scope, state, detail })

export function keyOf({ type, value }: Said): string {
  return vocabulary.get(type)?.key(value) ?? ''
}

/** Says what a collector sees, in numbered words, as an agent does. */
export class Speaker {
  readonly host: string
  readonly collector: string
  sequence = 0
  said = new Map<string, Said>()

  constructor(host: string, collector = 'accounts') {
    this.host = host
    this.collector = collector
  }

  #report(part: Partial<Report> & Pick<Report, 'kind' | 'observedAt'>): Report {
    this.sequence += 1
    return {
      collector: this.collector,
      title: { nb: 'Kontoer', en: 'Accounts' },
      interval: 'PT5M',
      sequence: this.sequence,
      put: [],
      gone: [],
      coverage: null,
      digest: digestOfFacts([...this.said.values()].map((fact) => ({ ...fact, key: keyOf(fact) }))),
      ...part,
    }
  }

  full(facts: readonly Said[], observedAt: Instant, coverage?: readonly Coverage[]): Report {
    this.said = new Map(facts.map((fact) => [`${fact.type}|${keyOf(fact)}`, fact]))
    const covered = coverage ?? [whole(accounts.name, this.host)]
    return this.#report({ kind: 'full', observedAt, put: [...facts], coverage: [...covered] })
  }

  difference(
    put: readonly Said[],
    gone: readonly Said[],
    observedAt: Instant,
    coverage: readonly Coverage[] | null = null,
  ): Report {
    for (const fact of put) this.said.set(`${fact.type}|${keyOf(fact)}`, fact)
    for (const fact of gone) this.said.delete(`${fact.type}|${keyOf(fact)}`)
    return this.#report({
      kind: 'difference',
      observedAt,
      put: [...put],
      gone: gone.map((fact) => ({ type: fact.type, key: keyOf(fact) })),
      coverage: coverage === null ? null : [...coverage],
    })
  }

  heartbeat(observedAt: Instant): Report {
    return this.difference([], [], observedAt)
  }
}
