import { describe, expect, test } from 'vitest'
import type { Block } from './blocks.ts'
import { readHtml } from './read-html.ts'
import { readMarkdown } from './read-markdown.ts'
import { readText } from './read-text.ts'
import { sentencesOf, split } from './sentences.ts'

/** Blocks as short texts: `# heading`, `- item`, `a | b`. */
function short(blocks: readonly Block[]): string[] {
  return blocks.map((block) => {
    if (block.kind === 'heading') return `${'#'.repeat(block.level)} ${block.text}`
    if (block.kind === 'row') return block.cells.map((cell) => cell.replaceAll('\n', '/')).join(' | ')
    return block.kind === 'item' ? `- ${block.text}` : block.text
  })
}

describe('HTML', () => {
  test.each([
    [
      'scripts, styles, navigation and footer are left out',
      '<style>p{}</style><nav>Home</nav><p>Kept.</p><script>"<p>no</p>"</script><footer>End</footer>',
      ['Kept.'],
    ],
    [
      'unclosed elements end where the next begins',
      '<ul><li>One<li>Two</ul><p>Three<p>Four',
      ['- One', '- Two', 'Three', 'Four'],
    ],
    ['inline elements part no words', '<p>We en<b>crypt</b> <a href="x>y">it</a>.</p>', ['We encrypt it.']],
    [
      'entities are letters',
      '<p>f&oslash;r &amp; etter&nbsp;&#8211; &#x27;x&#39;</p>',
      ["før & etter – 'x'"],
    ],
    [
      'a table keeps its cells',
      '<table><tr><th>A<th>B</tr><tr><td><b>x</b><br>y</td><td>z</td></tr></table>',
      ['x/y | z'],
    ],
    [
      'terms and descriptions are rows',
      '<dl><dt>Guests</dt><dd>Wear a badge.</dd></dl>',
      ['Guests | Wear a badge.'],
    ],
    ['headings have levels', '<h1>A</h1><div>b</div><h3>C</h3>', ['# A', 'b', '### C']],
    ['comments are left out', 'a <!-- b > c --> d', ['a d']],
    ['what is hidden is left out', '<p hidden>No</p><p>Yes</p>', ['Yes']],
  ])('%s', (_rule, html, blocks) => expect(short(readHtml(html))).toEqual(blocks))

  test('the header of a table stands above its rows', () => {
    const [row] = readHtml(
      '<table><tr><th>What</th><th>How often</th></tr><tr><td>a</td><td>b</td></tr></table>',
    )
    expect(row).toMatchObject({ kind: 'row', headers: ['What', 'How often'] })
  })
})

test.each([
  [
    'marks are taken off',
    '# *Title* #\n\n**Bold:** a [link](https://x.example) and `code` ![no](y.png)',
    ['# Title', 'Bold: a link and code'],
  ],
  ['items and their wrapped lines', '- one\n  more\n- two\n1. three', ['- one more', '- two', '- three']],
  ['tables', '| A | B |\n|---|:-:|\n| c | d |', ['c | d']],
  [
    'front matter, code and lines of links are left out',
    '---\na: b\n---\n[x](y) | [z](w)\n```\ncode\n```\nText.',
    ['Text.'],
  ],
  ['underlined headings', 'Title\n=====\n\nSub\n---\ntext', ['# Title', '## Sub', 'text']],
])('Markdown: %s', (_rule, markdown, blocks) => expect(short(readMarkdown(markdown))).toEqual(blocks))

test.each([
  [
    'capitals and underlines are headings',
    'TITLE\n\nText here.\n\nUnder\n=====\nMore.',
    ['# TITLE', 'Text here.', '# Under', 'More.'],
  ],
  [
    'numbered clauses are items, with their wrapped lines',
    '2.1 We keep\n    logs.\n2.2 We read them.',
    ['- We keep logs.', '- We read them.'],
  ],
  [
    'a word parted at the end of a line is whole',
    'sikkerhets-\nkopier, prosessor-\nog minnebruk',
    ['sikkerhetskopier, prosessor- og minnebruk'],
  ],
])('plain text: %s', (_rule, text, blocks) => expect(short(readText(text))).toEqual(blocks))

describe('sentences', () => {
  test.each([
    ['One. Two! Three?', ['One.', 'Two!', 'Three?']],
    ['We use e.g. TLS. It helps.', ['We use e.g. TLS.', 'It helps.']],
    ['Den 14. januar vedtatt, jf. NSM. Ny setning.', ['Den 14. januar vedtatt, jf. NSM.', 'Ny setning.']],
    ['TLS 1.2 is used. “Always.” Really.', ['TLS 1.2 is used.', '“Always.”', 'Really.']],
    ['By IEEE 2883. Next.', ['By IEEE 2883.', 'Next.']],
  ])('%s', (text, sentences) => expect(split(text)).toEqual(sentences))

  test('an item has its lead-in and headings above it, a row its label and headers', () => {
    const blocks = readMarkdown(
      '# Old\n\n# Security\n\n## Disposal\n\nWe do this:\n\n- wipe it\n\n| What | When |\n|---|---|\n| Tests | yearly |',
    )
    expect(sentencesOf(blocks)).toEqual([
      { text: 'Old', above: [], isHeading: true },
      { text: 'We do this:', above: ['Disposal', 'Security'], isHeading: false },
      { text: 'wipe it', above: ['We do this:', 'Disposal', 'Security'], isHeading: false },
      { text: 'Tests · yearly', above: ['What', 'When', 'Disposal', 'Security'], isHeading: false },
    ])
  })
})
