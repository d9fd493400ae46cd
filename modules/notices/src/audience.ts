import type { Locale, TimeZone } from '@hevd/core'
import type { Ask } from '@hevd/http'
import type { OrganisationTables, Tx } from '@hevd/postgres'
import type { Preference } from './contract.ts'
import type { Ground } from './ground.ts'
import { preferences } from './store/accounts.ts'
import { type WebhookRow, webhooks } from './store/webhooks.ts'

/** An organisation as those who are told of it see it. */
export type Told = { readonly name: string; readonly locale: Locale; readonly zone: TimeZone }

/** Somebody who is told by e-mail. */
export type Reader = {
  readonly channel: 'email'
  readonly recipient: string
  readonly address: string
  readonly locale: Locale
  readonly zone: TimeZone
  readonly preference: Preference
  hears(ask: Ask): boolean
}

/** A receiver that is called. */
export type Receiver = {
  readonly channel: 'webhook'
  readonly recipient: string
  readonly webhook: WebhookRow
  hears(ask: Ask): boolean
}

export type Listener = Reader | Receiver

export async function toldOf(tx: Tx, organisation: string): Promise<Told> {
  const row = await tx
    .withTables<OrganisationTables>()
    .selectFrom('hevd.organisation')
    .select(['name', 'locale', 'time_zone'])
    .where('id', '=', organisation)
    .executeTakeFirstOrThrow()
  return { name: row.name, locale: row.locale, zone: row.time_zone }
}

/** Everybody who is told now: accounts with an address that want to be, and receivers that are not switched off. */
export async function audienceOf(ground: Ground, tx: Tx, organisation: string): Promise<readonly Listener[]> {
  const receivers = (await webhooks(tx, organisation))
    .filter(({ disabled_at }) => disabled_at === null)
    .map((webhook): Receiver => ({ channel: 'webhook', recipient: webhook.id, webhook, hears: () => true }))
  if (ground.config.smtp === null) return receivers
  const { locale: organisationLocale, zone } = await toldOf(tx, organisation)
  const wanted = await preferences(tx, organisation)
  const readers = (await ground.accounts.reachable(tx)).flatMap(({ account, email, locale }): Reader[] => {
    const preference = wanted.get(account.id)
    if (preference === undefined || preference.rhythm === 'off' || email === null) return []
    return [
      {
        channel: 'email',
        recipient: account.id,
        address: email,
        locale: locale ?? organisationLocale,
        zone: preference.timeZone ?? zone,
        preference,
        hears: (ask) => ask.of(account),
      },
    ]
  })
  return [...readers, ...receivers]
}
