import type { AddedWebhook, Asked, AskedItem, Channels, Delivery, OwnNotices } from '@hevd/notices/contract'
import type { PolicyView } from '@hevd/posture/contract'
import type { Amount } from './amount.ts'
import { accountsFixture } from './registers.ts'

const hour = 3_600_000
const day = 24 * hour
const uuid = (index: number) => `3f2a1c34-0000-4000-8000-${String(900 + index).padStart(12, '0')}`

export function askedFixture(amount: Amount, { sections }: PolicyView, now: number): Asked {
  if (amount === 'none') return { at: now, items: [] }
  const failing = sections
    .flatMap(({ controls }) => controls)
    .filter(({ state }) => state === 'fails')
    .map(
      ({ id, title, why, since }, index): AskedItem => ({
        id: `control/${id}`,
        kind: 'control-fails',
        title: { nb: `«${title.nb}» er ikke overholdt`, en: `“${title.en}” is not upheld` },
        what: why?.text ?? { nb: '', en: '' },
        since,
        deadline: index === 0 ? now - 2 * day : null,
        action: { nb: 'Se hva som må rettes', en: 'See what to mend' },
        to: `/controls/${id}`,
      }),
    )
  const due = Array.from(
    { length: amount === 'much' ? 25 : 1 },
    (_, index): AskedItem => ({
      id: `due/access-procedures/reviewed/${index}`,
      kind: 'due',
      title: {
        nb: `${12 + index} frister: Tilgang gis etter fast framgangsmåte`,
        en: `${12 + index} due: Access is given by a set procedure`,
      },
      what: {
        nb: 'Hver tilgang har en grunn, en som har godkjent den, og en slutt.',
        en: 'Each access has a reason, somebody who approved it, and an end.',
      },
      since: null,
      deadline: now + (index + 4) * day,
      action: { nb: 'Se hva det gjelder', en: 'See what it is about' },
      to: '/controls/access-procedures',
    }),
  )
  const owners: AskedItem = {
    id: 'account-owners',
    kind: 'owners-missing',
    title: { nb: '3 kontoer har ingen oppgitt eier', en: '3 accounts have no declared owner' },
    what: {
      nb: 'Så lenge ingen eier dem, vet vi ikke hvem som kan logge inn.',
      en: 'While nobody owns them, it is not known who can log in.',
    },
    since: null,
    deadline: null,
    action: { nb: 'Oppgi eiere', en: 'Say the owners' },
    to: '/account-owners',
  }
  return { at: now, items: [...failing, ...due, owners] }
}

export function ownNoticesFixture(amount: Amount, now: number): OwnNotices {
  return {
    rhythm: amount === 'none' ? 'off' : amount === 'little' ? 'daily' : 'weekly',
    digestTime: '07:30',
    digestWeekday: 1,
    urgentAtOnce: true,
    quiet: amount === 'none' ? null : { from: '22:00', until: '07:00' },
    timeZone: amount === 'much' ? 'America/St_Johns' : null,
    remindDays: 3,
    email: amount === 'none' ? null : 'ingrid.solheim@fjordkraft.example',
    locale: amount === 'much' ? 'nb' : null,
    organisationZone: 'Europe/Oslo',
    mailed: amount !== 'none',
    calendarSince: amount === 'none' ? null : now - 40 * day,
  }
}

const refused = {
  nb: 'mail.fjordkraft.example:465 tar ikke imot forbindelser. Se om den kjører, og om en brannmur stenger.',
  en: 'mail.fjordkraft.example:465 takes no connections. See whether it runs, and whether a firewall is in the way.',
}

export function channelsFixture(amount: Amount, now: number): Channels {
  const failing = { since: now - 3 * hour, error: refused, nextAt: now + 20 * 60_000 }
  return {
    mail:
      amount === 'none'
        ? null
        : { host: 'mail.fjordkraft.example', from: 'Hevd <hevd@fjordkraft.example>', encrypted: true },
    mailFailing: amount === 'much' ? failing : null,
    waiting: amount === 'much' ? 1240 : 0,
    webhooks: Array.from({ length: amount === 'much' ? 20 : amount === 'little' ? 1 : 0 }, (_, index) => ({
      id: uuid(index),
      title: index === 0 ? 'Vaktchatten' : `Sakssystemet ${index}`,
      url: `https://hooks.fjordkraft.example/services/${'T024BE7LD'.repeat(index === 1 ? 8 : 1)}`,
      madeAt: now - 60 * day,
      disabledAt: index === 2 ? now - day : null,
      failing:
        index === 1
          ? {
              since: now - 2 * day,
              error: {
                nb: 'hooks.fjordkraft.example svarte 503.',
                en: 'hooks.fjordkraft.example answered 503.',
              },
              nextAt: now + hour,
            }
          : null,
    })),
    internalReceivers: false,
  }
}

export function deliveriesFixture(amount: Amount, now: number): Delivery[] {
  const accounts = accountsFixture(now)
  const states = ['sent', 'waiting', 'failed', 'dropped', 'sent'] as const
  return Array.from(
    { length: amount === 'much' ? 100 : amount === 'little' ? 4 : 0 },
    (_, index): Delivery => {
      const state = states[index % 5] ?? 'sent'
      const called = index % 3 === 2
      return {
        id: uuid(100 + index),
        channel: called ? 'webhook' : 'email',
        recipient: called ? uuid(0) : (accounts[index % accounts.length]?.id ?? ''),
        title: called ? 'Vaktchatten' : null,
        madeAt: now - index * hour,
        items: 1 + (index % 7),
        attempts: state === 'failed' ? 7 : 1,
        state,
        settledAt: state === 'waiting' ? null : now - index * hour + 2000,
        error: state === 'failed' ? refused : null,
      }
    },
  )
}

export const addedWebhookFixture: AddedWebhook = {
  id: uuid(50),
  secret: 'whsec_k3Zt9Qk3Zt9Qk3Zt9Qk3Zt9Qk3Zt9Qk3Zt9Q',
}
