import type { Locale } from '@hevd/core'
import type { ShownControl } from '../verify/shown.ts'
import { type Html, html } from './html.ts'
import { says } from './words.ts'

/** One promise: its words to the left, how it stands to the right. What is checked carries `data-field`. */
export function controlArticle(
  shown: ShownControl,
  titles: ReadonlyMap<string, string>,
  locale: Locale,
): Html {
  const word = says(locale)
  return html`
<article id="${shown.id}" class="control" data-control="${shown.id}" data-sequence="${shown.sequence}">
<div class="promise">
<h3><a href="#${shown.id}" data-field="title">${shown.title}</a></h3>
<p class="statement" data-field="statement">${shown.statement}</p>
<details>
<summary>${word('how')}</summary>
<p data-field="how">${shown.how}</p>
${parameterList(shown.parameters, titles, word('parameters'))}
</details>
</div>
<div class="stands" aria-label="${word('state')}" role="group">
<p class="${`mark mark-${shown.mark}`}" data-field="state">${shown.state}</p>
${line('since', shown.since)}
${line('because', shown.because)}
${line('review-by', shown.reviewBy)}
${line('counts', shown.counts)}
${line('attested', shown.attested)}
${line('notice', shown.notice)}
<p class="valid" data-field="valid-until">${shown.validUntil}</p>
${historyList(shown.history, word('history'))}
<p class="finding" data-finding="${shown.id}" hidden></p>
</div>
</article>`
}

function line(field: string, text: string): Html | null {
  return text === '' ? null : html`<p class="${field}" data-field="${field}">${text}</p>`
}

function parameterList(
  parameters: readonly string[],
  titles: ReadonlyMap<string, string>,
  heading: string,
): Html | null {
  if (parameters.length === 0) return null
  const rows = parameters.map((parameter) => {
    const name = parameter.slice(0, parameter.indexOf('='))
    const words = parameter.slice(name.length + 1)
    return html`<div><dt>${titles.get(name) ?? name}</dt><dd data-field="parameter" data-name="${name}">${words}</dd></div>`
  })
  return html`<h4>${heading}</h4><dl class="parameters">${rows}</dl>`
}

function historyList(history: readonly string[], heading: string): Html | null {
  if (history.length === 0) return null
  const rows = history.map((past) => html`<li data-field="history">${past}</li>`)
  return html`<details class="history"><summary>${heading}</summary><ul>${rows}</ul></details>`
}

/** One mark of the strip: shape by class, words for those who do not see it. */
export function stripMark(mark: string): Html {
  const [id = '', shape = '', ...words] = mark.split(': ')
  return html`<li><a href="#${id}" title="${words.join(': ')}" class="${`mark mark-${shape}`}" data-field="strip" data-name="${id}">${words.join(': ')}</a></li>`
}
