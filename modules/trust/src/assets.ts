import { readFileSync } from 'node:fs'
import { createRequire, stripTypeScriptTypes } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ShownState } from './verify/shown.ts'

/** A file that the page loads. */
export type Asset = { readonly type: string; readonly content: Uint8Array<ArrayBuffer> }
export type Assets = {
  /** By the path below `/trust/`. */
  readonly files: ReadonlyMap<string, Asset>
  /** Addresses of every script, to be loaded side by side. */
  readonly scripts: readonly string[]
}

const module = join(import.meta.dirname, '..')
const entry = join(module, 'browser', 'page.ts')

/**
 * What a browser loads under `/trust/`: style, fonts, and the page's script with every file that it imports, each with
 * its types stripped and its imports pointed at addresses of ours. No bundler: what runs is what stands in the sources.
 */
export function loadAssets(): Assets {
  const scripts = new Map<string, string>()
  collect(entry, scripts)
  const sources = [...scripts].map(
    ([path, source]) => [addressOf(path), textAsset('text/javascript', source)] as const,
  )
  const tokens = fileURLToPath(import.meta.resolve('@hevd/ui/tokens.css'))
  const styles = [
    ['tokens.css', textAsset('text/css', readFileSync(tokens, 'utf8'))],
    ['page.css', textAsset('text/css', readFileSync(join(module, 'style', 'page.css'), 'utf8'))],
  ] as const
  const fonts = createRequire(tokens)
  const font = (name: string) => asset('font/woff2', readFileSync(fonts.resolve(name)))
  const faces = [
    ['fonts/inter.woff2', font('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2')],
    [
      'fonts/source-serif-4.woff2',
      font('@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2'),
    ],
  ] as const
  return {
    files: new Map([...sources, ...styles, ...faces, ...icons()]),
    scripts: sources.map(([path]) => `/trust/${path}`),
  }
}

/** The tab's icon for each state. */
function icons(): (readonly [string, Asset])[] {
  return Object.entries(marks).map(([state, shape]) => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">${shape}</svg>`
    return [`icons/${state}.svg`, textAsset('image/svg+xml', svg)]
  })
}

/** The marks of the design, in the middle of their light and dark colours. */
const marks = {
  holds: '<circle cx="8" cy="8" r="6" fill="#2f8f5f"/>',
  fails: '<path d="M8 1.6 15.2 14.4H.8Z" fill="#d8402f"/>',
  unknown:
    '<circle cx="8" cy="8" r="6" fill="none" stroke="#80848c" stroke-width="2.2" stroke-dasharray="2.2 2.512"/>',
  excepted:
    '<circle cx="8" cy="8" r="6" fill="none" stroke="#b47a12" stroke-width="1.8"/><path d="M8 2a6 6 0 0 0 0 12Z" fill="#b47a12"/>',
  'not-applicable':
    '<path d="M8 2a6 6 0 1 1 0 12A6 6 0 1 1 8 2ZM3.9 12.1 12.1 3.9" fill="none" stroke="#80848c" stroke-width="1.8"/>',
  withheld: '<path d="M2 8h12" stroke="#80848c" stroke-width="2.2"/>',
} as const satisfies { readonly [S in ShownState]: string }

/** Puts a file and all that it imports into `found`, by path. */
function collect(path: string, found: Map<string, string>): void {
  if (found.has(path)) return
  found.set(path, '')
  const stripped = stripTypeScriptTypes(readFileSync(path, 'utf8'))
  const source = stripped.replaceAll(
    /^((?:import|export)\b[^'"]*?\bfrom |import )'([^']+)'/gm,
    (_, before: string, target: string) => {
      const reached = reach(path, target)
      collect(reached, found)
      return `${before}'/trust/${addressOf(reached)}'`
    },
  )
  found.set(path, source)
}

function reach(from: string, target: string): string {
  return target.startsWith('.') ? join(dirname(from), target) : fileURLToPath(import.meta.resolve(target))
}

/** `page.js` for the page's own script; for another file, its workspace and its path there. */
function addressOf(path: string): string {
  if (path === entry) return 'page.js'
  const [, workspace = '', rest = ''] =
    /([^/]+)\/(?:src|browser)\/(.+)\.ts$/.exec(path.slice(join(module, '..', '..').length)) ?? []
  const folder = path.includes('/browser/') ? 'page' : workspace
  return `${folder}/${rest}.js`
}

function textAsset(type: string, text: string): Asset {
  return asset(`${type}; charset=utf-8`, Buffer.from(text))
}

function asset(type: string, content: Buffer): Asset {
  return { type, content: Buffer.from(content) }
}
