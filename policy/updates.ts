import {
  type Duration,
  fails,
  type Judgement,
  listed,
  type Moment,
  none,
  plural,
  type Reading,
  reason,
  unknown,
} from '@hevd/core'
import { packageSources, pendingUpdates, type ValueOf } from '@hevd/facts'

/** What waits on a host, and the lists that know of it. */
export type Updates = {
  readonly updates: Reading<ValueOf<typeof pendingUpdates>>
  readonly sources: Reading<ValueOf<typeof packageSources>>
}

/** The look-ups that {@link areUpdated} needs. */
export function waiting(host: string) {
  return { updates: pendingUpdates.ofHost(host), sources: packageSources.ofHost(host) }
}

/** No security update has waited longer than its deadline, by package lists that are young enough to know. */
export function areUpdated(
  { updates, sources }: Updates,
  within: Duration,
  listsNoOlderThan: Duration,
  moment: Moment,
): Judgement {
  const overdue = none(
    updates,
    (update) => update.security && moment.elapsed(update.firstSeenAt, within),
    (late) => fails('updates-overdue', { packages: late.map((update) => update.package) }),
  )
  if (overdue.verdict === 'fails') return overdue
  const [source] = sources.facts
  if (source === undefined) return overdue.verdict === 'unknown' ? overdue : unknown('package-lists-missing')
  if (!source.value.hasSecuritySource) return fails('no-security-source')
  const { refreshedAt } = source.value
  if (refreshedAt === null || !moment.passed(refreshedAt) || moment.elapsed(refreshedAt, listsNoOlderThan))
    return unknown('package-lists-old')
  return overdue
}

/** Words of what {@link areUpdated} says. */
export const updateReasons = {
  'updates-overdue': reason<{ packages: readonly string[] }>({
    nb: ({ packages }) =>
      `${packages.length} ${plural(packages.length, 'sikkerhetsoppdatering', 'sikkerhetsoppdateringer')} har ventet for lenge: ${listed('nb', packages)}.`,
    en: ({ packages }) =>
      `${packages.length} security ${plural(packages.length, 'update has', 'updates have')} waited too long: ${listed('en', packages)}.`,
  }),
  'no-security-source': reason({
    nb: () => 'Ingen pakkekilde gir sikkerhetsoppdateringer. Legg til leverandørens kilde for dem.',
    en: () => 'No package source carries security updates. Add the vendor’s source for them.',
  }),
  'package-lists-missing': reason({
    nb: () => 'Vi kjenner ikke pakkekildene på maskinen, så vi vet ikke hva som venter.',
    en: () => 'We do not know the host’s package sources, so we do not know what is waiting.',
  }),
  'package-lists-old': reason({
    nb: () => 'Pakkelistene er for gamle til å kjenne nye oppdateringer. Kjør «apt-get update».',
    en: () => 'The package lists are too old to know of new updates. Run “apt-get update”.',
  }),
}
