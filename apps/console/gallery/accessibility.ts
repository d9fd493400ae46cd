import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** The header of the console, as axe is told of it. */
const header = '#root > header'

/**
 * Serious and critical faults of accessibility, as `rule: element`; elements marked `data-alike` are left out. Rules
 * whose faults are less than serious are not run: every rule of axe has one impact. A page that stays open is gone over
 * several times faster than a new one, since axe is compiled by then.
 * @param rules those to look for; all serious and critical ones where left out
 * @param withHeader whether the console's header is looked at too
 */
export async function faultsOf(
  page: Page,
  { rules, withHeader }: { readonly rules?: readonly string[]; readonly withHeader: boolean },
): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe)
  const exclude = [['[data-alike]'], ...(withHeader ? [] : [[header]])]
  return page.evaluate(
    async ({ exclude, only }) => {
      type Found = { id: string; nodes: { html: string }[] }
      type Rule = { id: string; impact: string; enabled: boolean; tags: string[] }
      const { axe: checker } = window as unknown as {
        axe: {
          run(where: object, options: object): Promise<{ violations: Found[] }>
          _audit: { rules: Rule[]; tagExclude: string[] }
        }
      }
      const serious = checker._audit.rules
        .filter(({ impact, enabled }) => enabled && (impact === 'serious' || impact === 'critical'))
        .filter(({ tags }) => !tags.some((tag) => checker._audit.tagExclude.includes(tag)))
        .map(({ id }) => id)
      const options = { resultTypes: ['violations'], runOnly: only ?? serious }
      const { violations } = await checker.run({ exclude }, options)
      return violations.flatMap(({ id, nodes }) =>
        nodes.slice(0, 3).map(({ html }) => `${id}: ${html.slice(0, 200)}`),
      )
    },
    { exclude, only: rules },
  )
}

/** A page as it stands, in its language and at its width. */
export type Seen = {
  readonly locale: string
  /** CSS pixels by which it is wider than the window. */
  readonly overflow: number
  /** Its headings, labels and buttons. */
  readonly said: readonly string[]
  /**
   * The page without what it says: its elements and attributes, and where there is text, which is all that the rules
   * look at. In place of an id stands what names it, in place of its name what bears it; lengths are left out. The two
   * buttons of the languages change places of state with one another, and are left out too.
   */
  readonly shape: string
  /** The same of the console's header with what it stands in; null where there is none. */
  readonly header: string | null
}

/**
 * Looks at a page, and marks `data-alike` what has the shape of two before it among its siblings (the hundredth row of a
 * table), which stands for nothing in its shape.
 */
export function see(page: Page): Promise<Seen> {
  return page.evaluate((header) => {
    const words =
      /^(aria-(label|description|valuetext)|title|placeholder|alt|value|content|href|lang|datetime)$/
    const drawn = /^([xy][12]?|c[xy]|r|d|points|width|height|transform)$/
    const naming = ['labelledby', 'describedby', 'controls', 'owns', 'details', 'errormessage']
      .map((name) => `aria-${name}`)
      .concat('for')
    const saying = (text: string | null) => (text?.trim() ? '…' : '')
    const bearers = new Map<string, string>()
    for (const element of document.querySelectorAll('[id]'))
      bearers.set(
        element.id,
        `${bearers.get(element.id) ?? ''}${element.localName}${saying(element.textContent)}`,
      )
    const namers = new Map<string, string>()
    for (const name of naming)
      for (const element of document.querySelectorAll(`[${name}]`))
        for (const id of element.getAttribute(name)?.split(/\s+/) ?? [])
          namers.set(id, `${namers.get(id) ?? ''} ${name}`)
    const attribute = ({ name, value }: Attr) => {
      if (words.test(name)) return `${name}${saying(value)}`
      if (name === 'id') return `id=${bearers.get(value)}${namers.get(value) ?? ''}`
      if (naming.includes(name)) return `${name}=${value.split(/\s+/).map((id) => bearers.get(id))}`
      if (drawn.test(name)) return name
      return `${name}=${name === 'style' ? value.replaceAll(/[\d.]+(px|r?em|%)/g, '') : value}`
    }
    const attributesOf = ({ localName, attributes }: Element) =>
      `<${[localName, ...[...attributes].filter(({ name }) => name !== 'data-alike').map(attribute)].join(' ')}>`
    let shapeOfHeader: string | null = null
    const shapeOf = (element: Element): string => {
      if (element.matches('button[lang]')) return ''
      const before = new Map<string, number>()
      const inside = [...element.childNodes].map((node) => {
        if (!(node instanceof Element)) return saying(node.textContent)
        const shape = shapeOf(node)
        const count = before.get(shape) ?? 0
        before.set(shape, count + 1)
        node.toggleAttribute('data-alike', count >= 2)
        return count >= 2 ? '' : shape
      })
      const shape = `${attributesOf(element)}${inside.join('')}</>`
      if (element.matches(header)) shapeOfHeader = shape
      return shape
    }
    const spoken = document.querySelectorAll<HTMLElement>('h1, h2, label, button:not([lang]), th, dt')
    const around = [document.documentElement, document.body, ...document.querySelectorAll('#root')]
    const shape = shapeOf(document.documentElement)
    return {
      locale: document.documentElement.lang,
      overflow: document.documentElement.scrollWidth - window.innerWidth,
      said: [...spoken].map(({ innerText }) => innerText),
      shape,
      header: shapeOfHeader && [...around.map(attributesOf), shapeOfHeader].join(''),
    }
  }, header)
}
