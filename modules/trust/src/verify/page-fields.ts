import type { Locale } from '@hevd/core'
import type { ShownControl, ShownPage } from './shown.ts'

/** One element of the page that carries `data-field`, by whatever means it was read. */
export type PageField = {
  readonly field: string
  /** `data-name`, or the id that a mark of the strip leads to; empty when there is none. */
  readonly name: string
  readonly className: string
  readonly text: string
}

export type PageFields = {
  readonly locale: Locale
  readonly top: readonly PageField[]
  readonly controls: readonly {
    readonly id: string
    readonly sequence: string
    readonly fields: readonly PageField[]
  }[]
}

/** What a page shows, put together from its elements. */
export function pageOf({ locale, top, controls }: PageFields): ShownPage {
  return {
    locale,
    strip: top
      .filter(({ field }) => field === 'strip')
      .map((mark) => `${mark.name}: ${markOf(mark)}: ${mark.text}`),
    summary: textOf(top, 'summary'),
    controls: controls.map(({ id, sequence, fields }) => controlOf(id, Number(sequence), fields)),
  }
}

function controlOf(id: string, sequence: number, fields: readonly PageField[]): ShownControl {
  const text = (name: string) => textOf(fields, name)
  const all = (name: string) => fields.filter(({ field }) => field === name)
  return {
    id,
    sequence: Number.isSafeInteger(sequence) ? sequence : 0,
    title: text('title'),
    statement: text('statement'),
    how: text('how'),
    parameters: all('parameter').map((parameter) => `${parameter.name}=${parameter.text}`),
    mark: all('state').map(markOf).join(' '),
    state: text('state'),
    since: text('since'),
    because: text('because'),
    reviewBy: text('review-by'),
    validUntil: text('valid-until'),
    attested: text('attested'),
    counts: text('counts'),
    notice: text('notice'),
    history: all('history').map((past) => past.text),
  }
}

/** All of a field's words: were it there twice, both are shown. */
function textOf(fields: readonly PageField[], name: string): string {
  return fields
    .filter(({ field }) => field === name)
    .map(({ text }) => text)
    .join(' ')
}

function markOf({ className }: PageField): string {
  return [...className.matchAll(/(?:^|\s)mark-([a-z]+(?:-[a-z]+)*)/g)].map(([, shape]) => shape).join(' ')
}
