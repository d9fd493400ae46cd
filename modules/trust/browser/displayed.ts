import { type PageField, pageOf, type ShownPage } from '@hevd/trust/verify'

/** What this document shows at this moment: the words a reader sees, not what was delivered. */
export function displayed(document: Document): ShownPage {
  const articles = [...document.querySelectorAll<HTMLElement>('[data-control]')]
  const top = [...document.querySelectorAll<HTMLElement>('[data-field]')].filter(
    (element) => element.closest('[data-control]') === null,
  )
  return pageOf({
    locale: document.documentElement.lang === 'en' ? 'en' : 'nb',
    top: top.map(fieldOf),
    controls: articles.map((article) => ({
      id: article.dataset.control ?? '',
      sequence: article.dataset.sequence ?? '',
      fields: [...article.querySelectorAll<HTMLElement>('[data-field]')].map(fieldOf),
    })),
  })
}

function fieldOf(element: HTMLElement): PageField {
  return {
    field: element.dataset.field ?? '',
    name: element.dataset.name ?? '',
    className: element.className,
    text: (element.textContent ?? '').replaceAll(/\s+/g, ' ').trim(),
  }
}
