import type { Bilingual, Catalogue, Locale } from '@hevd/core'
import type { TrustView } from '../contract.ts'
import { shownPage, worstShown } from '../verify/shown.ts'
import { controlArticle, stripMark } from './control.ts'
import { Html, html } from './html.ts'
import { says, tabTitle } from './words.ts'

export type PageParts = {
  readonly view: TrustView
  readonly locale: Locale
  readonly catalogue: Catalogue
  /** Addresses of the scripts that the page's own one loads. */
  readonly preload: readonly string[]
  readonly origin: string
}

/** `/trust` as a document: readable without script, everything on it from leaves that a checkpoint covers. */
export function trustPage({ view, locale, catalogue, preload, origin }: PageParts): string {
  const word = says(locale)
  const shown = shownPage(view, locale)
  const controls = new Map(shown.controls.map((control) => [control.id, control]))
  const marks = new Map(shown.strip.map((mark) => [mark.slice(0, mark.indexOf(':')), mark]))
  const sections = view.sections.filter((section) => section.controls.length > 0)
  const main = html`
<header class="top">
<div class="bar">
<span class="owner">${view.organisation.name}</span>
<a class="language" href="/trust?lang=${locale === 'nb' ? 'en' : 'nb'}" hreflang="${locale === 'nb' ? 'en' : 'nb'}" lang="${locale === 'nb' ? 'en' : 'nb'}">${word('other')}</a>
</div>
<h1>${word('title')}</h1>
<p class="lead">${word('lead')}</p>
<nav class="strip" aria-label="${word('strip')}">${sections.map(
    (section) => html`
<ul aria-label="${section.title[locale]}">${section.controls.map(({ id }) => stripMark(marks.get(id) ?? ''))}</ul>`,
  )}
</nav>
<p class="summary" data-field="summary">${shown.summary}</p>
<div class="verify">
<button type="button" id="verify" hidden>${word('verify')}</button>
<p class="about">${word('verifyAbout')}</p>
<noscript><p class="about">${word('verifyWithout')}</p></noscript>
<div id="whole" role="status" aria-live="polite" tabindex="-1" hidden></div>
</div>
</header>
<div class="body">
<nav class="outline" aria-label="${word('outline')}"><ol>${sections.map(
    (section) => html`<li><a href="#${section.id}">${section.title[locale]}</a></li>`,
  )}</ol></nav>
<main id="policy" tabindex="-1">${sections.map(
    (section) => html`
<section id="${section.id}" aria-labelledby="${section.id}-title">
<h2 id="${section.id}-title">${section.title[locale]}</h2>${section.controls.flatMap(({ id }) => {
      const control = controls.get(id)
      return control === undefined ? [] : [controlArticle(control, titlesOf(catalogue, id, locale), locale)]
    })}
</section>`,
  )}
</main>
</div>
${footer(view, locale, origin)}`
  const icon = worstShown(shown.controls.map(({ mark }) => mark))
  return documentOf({
    icon,
    locale,
    title: tabTitle(locale, view.organisation.name),
    preload,
    main,
    skip: word('skip'),
  })
}

/** The page while nothing is published: what is missing, and that it comes by itself. */
export function emptyPage(locale: Locale, words: Bilingual): string {
  const title = says(locale)('nothing')
  const main = html`<header class="top"><h1>${title}</h1><p class="lead">${words[locale]}</p></header>`
  return documentOf({ icon: 'unknown', locale, title, preload: null, main, skip: '' })
}

function footer(view: TrustView, locale: Locale, origin: string): Html {
  const word = says(locale)
  return html`
<footer>
<h2>${word('provesTitle')}</h2>
<p>${word('proves')}</p>
<p>${word('withheld')}</p>
<p>${word('elsewhere')}</p>
<pre><code>hevd verify ${origin}/trust --key ${view.verifierKey}</code></pre>
<dl>
<div><dt>${word('log')}</dt><dd>${view.origin} · <a href="/log/checkpoint">/log/checkpoint</a></dd></div>
<div><dt>${word('key')}</dt><dd class="code">${view.verifierKey}</dd></div>
<div><dt>${word('times')}</dt><dd>${view.organisation.timeZone}</dd></div>
</dl>
</footer>`
}

function titlesOf(catalogue: Catalogue, id: string, locale: Locale): ReadonlyMap<string, string> {
  const parameters = catalogue.controls.get(id)?.parameters ?? []
  return new Map(parameters.map(({ name, title }) => [name, title[locale]]))
}

type Whole = {
  /** State that the tab's icon shows. */
  readonly icon: string
  readonly locale: Locale
  readonly title: string
  /** Null for a page without script. */
  readonly preload: readonly string[] | null
  readonly main: Html
  readonly skip: string
}

function documentOf({ icon, locale, title, preload, main, skip }: Whole): string {
  const scripts =
    preload === null
      ? null
      : html`${preload.map((path) => html`<link rel="modulepreload" href="${path}">`)}
<script type="module" src="/trust/page.js"></script>`
  return html`${new Html('<!doctype html>')}
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" type="image/svg+xml" href="/trust/icons/${icon}.svg">
<link rel="stylesheet" href="/trust/tokens.css">
<link rel="stylesheet" href="/trust/page.css">
${scripts}
</head>
<body>
${skip === '' ? null : html`<a class="skip" href="#policy">${skip}</a>`}
${main}
</body>
</html>
`.text
}
