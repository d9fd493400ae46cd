import { type Locale, type TimeZone, telling, toIso } from '@hevd/core'
import type { Ask } from '@hevd/http'

/** Something that is told: what is asked, and whether this is the first that is heard of it or a reminder. */
export type Item = {
  readonly ask: Pick<Ask, 'id' | 'kind' | 'title' | 'since' | 'deadline' | 'to'>
  readonly occasion: 'began' | 'near'
}

export type Letter = { readonly subject: string; readonly text: string; readonly html: string }

export type LetterTo = {
  readonly items: readonly Item[]
  readonly locale: Locale
  readonly zone: TimeZone
  readonly organisation: string
  readonly origin: string
}

/** A mail about these items, as text and as HTML that looks the same everywhere. */
export function letter({ items, locale, zone, organisation, origin }: LetterTo): Letter {
  const said = words[locale]
  const { moment } = telling(locale, zone, { sources: new Map(), factTypes: {} })
  const lines = items.map(({ ask, occasion }) => ({
    title: `${occasion === 'near' ? said.reminder : ''}${ask.title[locale]}`,
    time:
      ask.deadline !== null
        ? said.by(moment(ask.deadline))
        : ask.since !== null
          ? said.since(moment(ask.since))
          : null,
    url: `${origin}${ask.to}`,
  }))
  const [first] = lines
  const subject = lines.length === 1 && first !== undefined ? first.title : said.many(lines.length)
  const lead = said.lead(organisation)
  const ends = [
    { title: said.all, url: `${origin}/asked` },
    { title: said.change, url: `${origin}/notices` },
  ]
  const text = [
    lead,
    ...lines.map(({ title, time, url }) =>
      [`* ${title}`, ...(time === null ? [] : [`  ${time}`]), `  ${url}`].join('\n'),
    ),
    ends.map(({ title, url }) => `${title}: ${url}`).join('\n'),
  ].join('\n\n')
  const html = [
    `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>${safe(subject)}</title></head>`,
    `<body style="font-family:sans-serif;line-height:1.5;max-width:40em"><p>${safe(lead)}</p><ul>`,
    ...lines.map(
      ({ title, time, url }) =>
        `<li style="margin-bottom:0.75em"><a href="${safe(url)}">${safe(title)}</a>${time === null ? '' : `<br>${safe(time)}`}</li>`,
    ),
    `</ul><p>${ends.map(({ title, url }) => `<a href="${safe(url)}">${safe(title)}</a>`).join(' · ')}</p></body></html>`,
  ].join('\n')
  return { subject, text: `${text}\n`, html }
}

/** What a receiver of webhooks gets: titles and times, and where the rest stands for those who may see it. */
export function webhookBody(id: string, at: number, items: readonly Item[], origin: string): string {
  const moment = (instant: number | null) => (instant === null ? null : toIso(instant))
  return JSON.stringify({
    id,
    type: 'notices.asked',
    timestamp: toIso(at),
    data: {
      items: items.map(({ ask, occasion }) => ({
        id: ask.id,
        kind: ask.kind,
        occasion,
        title: ask.title,
        since: moment(ask.since),
        deadline: moment(ask.deadline),
        url: `${origin}${ask.to}`,
      })),
    },
  })
}

/** The mail that shows whether mails arrive. */
export function trialLetter(locale: Locale, organisation: string, origin: string): Letter {
  const { subject, text } = trial[locale]
  const body = text(organisation, origin)
  return {
    subject,
    text: `${body}\n`,
    html: `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>${safe(subject)}</title></head><body><p>${safe(body)}</p></body></html>`,
  }
}

const trial = {
  nb: {
    subject: 'Prøvemelding fra Hevd',
    text: (organisation: string, origin: string) =>
      `Dette er en prøve. Varsler om sikkerhetspolicyen til ${organisation} når fram hit. ${origin}`,
  },
  en: {
    subject: 'Test message from Hevd',
    text: (organisation: string, origin: string) =>
      `This is a test. Notices about the security policy of ${organisation} arrive here. ${origin}`,
  },
}

const words = {
  nb: {
    lead: (organisation: string) => `Dette venter på deg i sikkerhetspolicyen til ${organisation}:`,
    many: (count: number) => `${count} ting venter på deg`,
    reminder: 'Påminnelse: ',
    by: (moment: string) => `Frist ${moment}`,
    since: (moment: string) => `Siden ${moment}`,
    all: 'Alt som venter på deg',
    change: 'Endre hvordan du får varsler',
  },
  en: {
    lead: (organisation: string) => `This waits for you in the security policy of ${organisation}:`,
    many: (count: number) => `${count} things wait for you`,
    reminder: 'Reminder: ',
    by: (moment: string) => `By ${moment}`,
    since: (moment: string) => `Since ${moment}`,
    all: 'Everything that waits for you',
    change: 'Change how you are told',
  },
}

function safe(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
