import type { Block } from '../blocks.ts'
import { ReaderError } from '../errors.ts'
import { runsOf } from './content.ts'
import { PdfDocument } from './document.ts'
import { layout } from './layout.ts'

/** Largest share of glyphs whose letters may be unknown, such as drawn bullets. */
const mostUnknown = 0.05

/**
 * The blocks of a PDF that holds text, such as browsers and word processors write. Text drawn as pictures, encrypted
 * files and fonts that do not say which letters they show are refused with what to do. Throws `ReaderError`.
 */
export function readPdf(name: string, bytes: Uint8Array): Block[] {
  if (!Buffer.from(bytes.subarray(0, 1024)).toString('latin1').includes('%PDF-'))
    throw new ReaderError('pdf-damaged', { name })
  const document = new PdfDocument(bytes)
  if (document.encrypted) throw new ReaderError('pdf-encrypted', { name })
  const pages = document.pages()
  if (pages.length === 0) throw new ReaderError('pdf-damaged', { name })
  const runs = pages.map((page) => runsOf(document, page))
  const all = runs.flat()
  const letters = all.reduce((sum, { text }) => sum + text.trim().length, 0)
  const unknown = all.reduce((sum, run) => sum + run.unknown, 0)
  if (unknown > (letters + unknown) * mostUnknown) throw new ReaderError('pdf-unreadable-text', { name })
  if (letters === 0) throw new ReaderError('pdf-scanned', { name })
  return layout(runs)
}
