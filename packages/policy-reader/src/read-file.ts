import type { Block } from './blocks.ts'
import { ReaderError } from './errors.ts'
import { readPdf } from './pdf/read-pdf.ts'
import { readHtml } from './read-html.ts'
import { readMarkdown } from './read-markdown.ts'
import { readText } from './read-text.ts'

/** Largest file that is read, in MB (10⁶ bytes). */
export const largest = 20

const endings: { readonly [ending: string]: 'text' | 'markdown' | 'html' | 'pdf' } = {
  txt: 'text',
  text: 'text',
  md: 'markdown',
  markdown: 'markdown',
  html: 'html',
  htm: 'html',
  xhtml: 'html',
  pdf: 'pdf',
}

/** The blocks of a file; its ending says the format. Throws `ReaderError`. */
export function readFile(name: string, bytes: Uint8Array): Block[] {
  const format = endings[/\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '']
  refuseLarge(name, bytes.length)
  if (bytes.length === 0) throw new ReaderError('empty', { name })
  if (format === undefined) throw new ReaderError('unknown-type', { name })
  if (format === 'pdf') return readPdf(name, bytes)
  const text = decode(name, bytes)
  if (text.trim() === '') throw new ReaderError('empty', { name })
  return { text: readText, markdown: readMarkdown, html: readHtml }[format](text)
}

/** Throws where a file of so many bytes is over the limit. */
export function refuseLarge(name: string, size: number): void {
  if (size > largest * 1e6)
    throw new ReaderError('too-large', { name, size: String(Math.round(size / 1e6)), limit: String(largest) })
}

/** UTF-8, UTF-16 with its mark, or else Windows-1252, which older editors write; bytes that are no text are refused. */
function decode(name: string, bytes: Uint8Array): string {
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    return new TextDecoder(first === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes)
  if (bytes.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27)))
    throw new ReaderError('not-text', { name })
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
