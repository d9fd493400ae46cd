import { ButtonLink, EmptyState, places, useTitle, useWords, words } from '@hevd/ui'

const text = words({
  title: { nb: 'Siden finnes ikke', en: 'There is no such page' },
  lead: {
    nb: 'Adressen kan være skrevet feil, eller siden er flyttet.',
    en: 'The address may be mistyped, or the page has moved.',
  },
  home: { nb: 'Til policyen', en: 'To the policy' },
})

export function NotFound() {
  const said = useWords(text)
  useTitle(said.title)
  return (
    <main className="mx-auto max-w-page px-4 py-12 md:px-8">
      <h1 className="sr-only">{said.title}</h1>
      <EmptyState
        title={said.title}
        action={
          <ButtonLink weight="main" to={places.policy}>
            {said.home}
          </ButtonLink>
        }
      >
        {said.lead}
      </EmptyState>
    </main>
  )
}
