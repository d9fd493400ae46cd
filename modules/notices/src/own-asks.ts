import type { Bilingual } from '@hevd/core'
import { type Ask, allows } from '@hevd/http'
import type { Tx } from '@hevd/postgres'
import { failingOutlets } from './store/outlets.ts'
import { webhooks } from './store/webhooks.ts'

const shared = {
  deadline: null,
  action: { nb: 'Se hva som er galt', en: 'See what is wrong' },
  to: '/notices/channels',
  urgent: false,
  of: (account: Parameters<Ask['of']>[0]) => allows('administrator', account),
} as const

/** That notices do not go out: the console says it, since nothing else can. */
export async function ownAsks(tx: Tx, organisation: string): Promise<readonly Ask[]> {
  const mail = (await failingOutlets(tx, organisation)).find(({ channel }) => channel === 'email')
  const off = (await webhooks(tx, organisation)).filter(({ disabled_at }) => disabled_at !== null)
  return [
    ...(mail === undefined
      ? []
      : [
          {
            ...shared,
            id: 'notices/mail',
            kind: 'mail-not-delivered',
            title: { nb: 'E-post kommer ikke fram', en: 'E-mail is not delivered' },
            what: mail.error,
            since: mail.failing_since,
          },
        ]),
    ...off.map(({ id, title, disabled_at: since }) => ({
      ...shared,
      id: `notices/webhook/${id}`,
      kind: 'webhook-disabled',
      title: switchedOff(title),
      what: {
        nb: 'Den har ikke tatt imot på flere dager, eller har bedt om å slippe. Rett den, og slå den på igjen.',
        en: 'It has not taken anything for days, or has asked not to. Mend it, and switch it on again.',
      },
      since,
    })),
  ]
}

const switchedOff = (title: string): Bilingual => ({
  nb: `Mottakeren «${title}» er slått av`,
  en: `The receiver “${title}” is switched off`,
})
