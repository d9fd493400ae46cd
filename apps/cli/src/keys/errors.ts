import type { Bilingual } from '@hevd/core'

/** What a server answered that did not do what it was asked, or why it was not asked; in both languages. */
export class CallError extends Error {
  readonly words: Bilingual

  constructor(words: Bilingual) {
    super(words.en)
    this.name = 'CallError'
    this.words = words
  }
}
