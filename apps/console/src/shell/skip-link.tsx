import { useWords, words } from '@hevd/ui'

const text = words({ skip: { nb: 'Gå til innholdet', en: 'Skip to the content' } })

/** First stop of the Tab key; seen only then. */
export function SkipLink() {
  const said = useWords(text)
  return (
    <a
      href="#main"
      className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent px-4 py-2 text-accent-ink focus:translate-y-0"
    >
      {said.skip}
    </a>
  )
}
