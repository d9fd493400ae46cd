import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadVocabulary } from '@hevd/policy'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ReaderError, readerErrors } from './errors.ts'
import { largest, readFile } from './read-file.ts'
import { readPolicy } from './read-policy.ts'

const vocabulary = await loadVocabulary()

function codeOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof ReaderError) return error.code
    throw error
  }
  return 'read'
}

const read = (name: string, bytes: Uint8Array | string) =>
  codeOf(() =>
    readPolicy({ name, bytes: typeof bytes === 'string' ? Buffer.from(bytes) : bytes }, vocabulary),
  )

describe('a file that cannot be read says why', () => {
  test.each([
    ['empty.txt', '', 'empty'],
    ['blank.md', ' \n\n ', 'empty'],
    ['page.docx', 'PK\u0003\u0004', 'unknown-type'],
    ['page', 'We encrypt the backups.', 'unknown-type'],
    ['picture.txt', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d), 'not-text'],
    ['page.html', '<nav>Home</nav><script>let a = 1</script>', 'nothing-said'],
    ['page.pdf', 'We encrypt the backups.', 'pdf-damaged'],
    [
      'page.txt',
      'Vi krypterar våra säkerhetskopior, och alla medarbetare får utbildning varje år. Vi är inte nöjda.',
      'other-language',
    ],
    [
      'page.txt',
      'Vi krypterer vores sikkerhedskopier, og alle får uddannelse efter ansættelsen af os mellem jul og nytår.',
      'other-language',
    ],
    [
      'page.txt',
      'Me krypterer alt, og ikkje berre kopiane frå i går. Dei me har, er det ingen som ser.',
      'other-language',
    ],
    [
      'page.txt',
      'Wir verschlüsseln die Daten und die Sicherungen werden nicht von uns gelesen, das ist klar.',
      'other-language',
    ],
    ['page.txt', 'AES-256. TLS 1.3. ISO 27001.', 'language-unclear'],
  ])('%s', (name, bytes, code) => expect(read(name, bytes)).toBe(code))

  test('one of 50 MB', () => expect(read('page.txt', new Uint8Array(50e6).fill(65))).toBe('too-large'))

  test('the limit itself is read as far as size goes', () => {
    expect(codeOf(() => readFile('page.docx', new Uint8Array(largest * 1e6)))).toBe('unknown-type')
    expect(codeOf(() => readFile('page.docx', new Uint8Array(largest * 1e6 + 1)))).toBe('too-large')
  })

  test('in words of both languages that name the file', () => {
    const { words } = new ReaderError('other-language', { name: 'side.txt', found: 'sv' })
    expect(words.nb).toContain('side.txt ser ut til å være på svensk')
    expect(words.en).toContain('side.txt seems to be in Swedish')
  })

  test('the table in README.md lists the same codes', () => {
    const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')
    const listed = [...readme.matchAll(/^\| `([a-z-]+)` \|/gm)].map((match) => match[1])
    expect(listed).toEqual(Object.keys(readerErrors))
  })
})

test.each([
  ['UTF-16', Buffer.from('\uFEFFVi øver på planen, og vi er klare når noe skjer med oss.', 'utf16le')],
  ['Windows-1252', Buffer.from('Vi øver på planen, og vi er klare når noe skjer med oss.', 'latin1')],
])('a page in %s is read', (_encoding, bytes) => {
  expect(readFile('page.txt', bytes)).toEqual([
    { kind: 'paragraph', text: 'Vi øver på planen, og vi er klare når noe skjer med oss.' },
  ])
})

test('whatever the bytes, a page is read or refused in words', () => {
  const name = fc.constantFrom('a.txt', 'a.md', 'a.html', 'a.pdf')
  const text = fc.string({
    unit: fc.constantFrom('<', '>', '/', 'td', '|', '-', '#', '\n', ' ', 'a', '&', '"', '[', ']', '(', ')'),
  })
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    text.map((written) => Buffer.from(written)),
  )
  fc.assert(
    fc.property(name, bytes, (file, content) => codeOf(() => readFile(file, content)) !== ''),
    { numRuns: 500 },
  )
})
