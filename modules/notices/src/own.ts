import { hash } from 'node:crypto'
import type { Locale } from '@hevd/core'
import type { Tx } from '@hevd/postgres'
import { toldOf } from './audience.ts'
import type { ChangingOwn, OwnNotices } from './contract.ts'
import { calendarText, type Deadline } from './domain/calendar.ts'
import { NoticesError } from './errors.ts'
import { type AccountPrincipal, asksNow, type Ground } from './ground.ts'
import {
  accountOfCalendar,
  calendarSince,
  endCalendar,
  preferences,
  putCalendar,
  putPreference,
  unsaid,
} from './store/accounts.ts'
import { standings } from './store/standing.ts'

/** How the account is told now. */
export async function ownNotices(
  { accounts, config }: Ground,
  tx: Tx,
  organisation: string,
  account: string,
): Promise<OwnNotices> {
  const { zone } = await toldOf(tx, organisation)
  const preference = (await preferences(tx, organisation)).get(account) ?? unsaid
  const contact = (await accounts.reachable(tx)).find((one) => one.account.id === account)
  return {
    ...preference,
    email: contact?.email ?? null,
    locale: contact?.locale ?? null,
    organisationZone: zone,
    mailed: config.smtp !== null,
    calendarSince: await calendarSince(tx, organisation, account),
  }
}

/** The log has that it was changed, not to what: when somebody wants to be left alone is theirs. */
export async function changeOwn(
  { accounts, record }: Ground,
  tx: Tx,
  organisation: string,
  account: string,
  { email, locale, ...preference }: ChangingOwn,
): Promise<void> {
  await accounts.changeContact(tx, account, { email, locale })
  await putPreference(tx, organisation, account, preference)
  await record(tx, organisation, 'notices-changed', { account })
}

/** Makes the address of an account's calendar, in place of the one there was. It stands in the answer alone. */
export async function makeCalendar(
  { clock, random, record, origin }: Ground,
  tx: Tx,
  organisation: string,
  account: string,
): Promise<string> {
  const token = random(32).toString('base64url')
  await putCalendar(tx, organisation, account, hashOf(token), clock.now())
  await record(tx, organisation, 'calendar-link-made', { account })
  return `${origin}/api/calendar/${token}.ics`
}

export async function dropCalendar(
  { record }: Ground,
  tx: Tx,
  organisation: string,
  account: string,
): Promise<void> {
  await endCalendar(tx, organisation, account)
  await record(tx, organisation, 'calendar-link-ended', { account })
}

/** The calendar that an address is of. Throws `no-such-calendar`, also where its account cannot sign in any more. */
export async function calendarOf(
  ground: Ground,
  tx: Tx,
  organisation: string,
  token: string,
): Promise<string> {
  const account = await accountOfCalendar(tx, organisation, hashOf(token))
  const reader = (await ground.accounts.reachable(tx)).find((one) => one.account.id === account)
  if (reader === undefined) throw new NoticesError('no-such-calendar')
  const { locale: organisationLocale, zone, name } = await toldOf(tx, organisation)
  const locale = reader.locale ?? organisationLocale
  return calendarText({
    name: calendarName[locale](name),
    deadlines: await deadlinesOf(ground, tx, organisation, reader.account, locale),
    zone,
    now: ground.clock.now(),
  })
}

const calendarName: { readonly [L in Locale]: (organisation: string) => string } = {
  nb: (organisation) => `Frister i sikkerhetspolicyen, ${organisation}`,
  en: (organisation) => `Deadlines of the security policy, ${organisation}`,
}

async function deadlinesOf(
  ground: Ground,
  tx: Tx,
  organisation: string,
  account: AccountPrincipal,
  locale: Locale,
): Promise<readonly Deadline[]> {
  const known = await standings(tx, organisation)
  const { hostname } = new URL(ground.origin)
  return (await asksNow(ground, tx, organisation))
    .filter((ask) => ask.of(account))
    .flatMap(({ id, title, deadline, to }): Deadline[] => {
      if (deadline === null) return []
      const row = known.get(id)
      return [
        {
          uid: `${hash('sha256', id).slice(0, 32)}@${hostname}`,
          at: deadline,
          title: title[locale],
          url: `${ground.origin}${to}`,
          // Looked at a moment later than it is read: the next reading has the revision.
          changedAt: row?.changed_at ?? ground.clock.now(),
          revision: row?.revision ?? 0,
        },
      ]
    })
}

function hashOf(token: string): Buffer {
  return hash('sha256', token, 'buffer')
}
