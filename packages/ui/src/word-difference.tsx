import type { Locale } from '@hevd/core'
import { useWords } from './locale.tsx'
import { languageTag, words } from './words.ts'

const text = words({
  added: { nb: 'nytt:', en: 'added:' },
  removed: { nb: 'fjernet:', en: 'removed:' },
  end: { nb: 'slutt', en: 'end' },
})

type Piece = { readonly kind: 'same' | 'added' | 'removed'; readonly text: string }

/**
 * Two wordings as one text: what goes is struck through, what comes is underlined, and both are said in words to those
 * who do not see it. @param locale the language of the wording, which need not be the reader's
 */
export function WordDifference({ of, locale }: { readonly of: readonly Piece[]; readonly locale: Locale }) {
  const said = useWords(text)
  return (
    <span lang={languageTag[locale]}>
      {of.map(({ kind, text: piece }, index) => {
        const key = `piece-${String(index)}`
        if (kind === 'same') return <span key={key}>{piece}</span>
        const Changed = kind === 'added' ? 'ins' : 'del'
        return (
          <Changed key={key} className={looks[kind]}>
            <span className="sr-only">{`[${said[kind]} `}</span>
            {piece}
            <span className="sr-only">{` ${said.end}]`}</span>
          </Changed>
        )
      })}
    </span>
  )
}

const looks = {
  added: 'bg-holds-wash decoration-holds decoration-2 underline underline-offset-4',
  removed: 'bg-fails-wash text-ink-2 decoration-fails line-through',
} as const
