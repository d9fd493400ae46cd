import { type PageField, pageOf } from './page-fields.ts'
import type { ShownPage } from './shown.ts'

/**
 * What the markup of `/trust` shows, without a browser. Only our own markup is read: an element with `data-field`
 * holds text alone. Null for what is no such page.
 */
export function readPage(html: string): ShownPage | null {
  const locale = /<html lang="(nb|en)"/.exec(html)?.[1]
  if (locale !== 'nb' && locale !== 'en') return null
  const [head = '', ...articles] = html.split(/(?=<article\b[^>]*\bdata-control=)/)
  return pageOf({
    locale,
    top: fieldsOf(head),
    controls: articles.map((article) => ({
      id: attribute(article, 'data-control'),
      sequence: attribute(article, 'data-sequence'),
      fields: fieldsOf(article.slice(0, article.indexOf('</article>'))),
    })),
  })
}

function fieldsOf(html: string): PageField[] {
  return [...html.matchAll(/<([a-z0-9]+)\b([^>]*\bdata-field="[^>]*)>([^<]*)<\/\1>/g)].map(
    ([, , attributes = '', text = '']) => ({
      field: attribute(`<${attributes}>`, 'data-field'),
      name: attribute(`<${attributes}>`, 'data-name'),
      className: attribute(`<${attributes}>`, 'class'),
      text: plain(text),
    }),
  )
}

function attribute(tag: string, name: string): string {
  const opening = tag.slice(0, tag.indexOf('>'))
  return plain(new RegExp(`(?:\\s|^<)${name}="([^"]*)"`).exec(opening)?.[1] ?? '')
}

const entities: { readonly [entity: string]: string } = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
}

function plain(text: string): string {
  return text
    .replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? entity)
    .replaceAll(/\s+/g, ' ')
    .trim()
}
