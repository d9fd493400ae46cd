import {
  type Duration,
  fails,
  holds,
  type Judgement,
  type Moment,
  type Reading,
  reason,
  unknown,
  unseen,
} from '@hevd/core'
import { agents, hosts, operatingSystems, type ValueOf } from '@hevd/facts'

/** What tells whether a host's agent is alive, and since when the host is declared. */
export type Hearing = {
  readonly agent: Reading<ValueOf<typeof agents>>
  readonly system: Reading<ValueOf<typeof operatingSystems>>
  readonly declared: Reading<ValueOf<typeof hosts>>
}

/** The look-ups that {@link isHeard} needs. */
export function hearing(host: string) {
  return {
    agent: agents.ofHost(host),
    /** Agents that do not speak of themselves are heard by this. */
    system: operatingSystems.ofHost(host),
    declared: hosts.byKey(host),
  }
}

/** The host's agent has spoken within `within`; a host that was just declared has as long to begin. */
export function isHeard({ agent, system, declared }: Hearing, within: Duration, moment: Moment): Judgement {
  const [missing] = agent.unseen.some(({ code }) => code === 'never-connected') ? system.unseen : agent.unseen
  if (missing?.code === 'silent')
    return moment.elapsed(missing.since, within)
      ? fails('host-silent', { since: missing.since })
      : unseen(missing)
  if (missing?.code !== 'never-connected') return holds()
  const [host] = declared.facts
  return host !== undefined && moment.elapsed(host.recordedAt, within)
    ? fails('host-never-heard', { since: host.recordedAt })
    : unknown('host-not-yet-heard')
}

/** Words of what {@link isHeard} says. */
export const heardReasons = {
  'host-silent': reason<{ since: number }>({
    nb: ({ since }, { moment }) =>
      `Har vært taus siden ${moment(since)}. Se om maskinen går og når tjeneren, eller avslutt den om den er borte.`,
    en: ({ since }, { moment }) =>
      `Has been silent since ${moment(since)}. See whether the host runs and reaches the server, or end it if it is gone.`,
  }),
  'host-never-heard': reason<{ since: number }>({
    nb: ({ since }, { moment }) =>
      `Oppgitt ${moment(since)}, og agenten har aldri meldt seg. Installer den, eller avslutt maskinen.`,
    en: ({ since }, { moment }) =>
      `Declared ${moment(since)}, and its agent has never been heard. Install it, or end the host.`,
  }),
  'host-not-yet-heard': reason({
    nb: () => 'Nettopp oppgitt; agenten har ikke meldt seg ennå.',
    en: () => 'Just declared; its agent has not been heard yet.',
  }),
}
