import type { PolicyView } from '@hevd/posture/contract'
import { Loaded, useLocale, useResource, useTitle, useWords, words } from '@hevd/ui'
import { useEffect } from 'react'
import { Outline } from './outline.tsx'
import { PolicyControl } from './policy-control.tsx'

const text = words({
  title: { nb: 'Sikkerhetspolicy', en: 'Security policy' },
})

/** The policy itself: a document that is alive. The text in the middle, each verdict in the margin beside it. */
export default function Policy() {
  const said = useWords(text)
  useTitle(said.title)
  const policy = useResource<PolicyView>('/api/policy', 15_000)
  return (
    <div className="py-8 md:py-12">
      <h1 className="sr-only">{said.title}</h1>
      <Loaded of={policy} lines={8}>
        {(view) => <Document view={view} />}
      </Loaded>
    </div>
  )
}

function Document({ view }: { readonly view: PolicyView }) {
  const locale = useLocale()
  useEffect(() => {
    const wanted = decodeURIComponent(location.hash.slice(1))
    if (wanted !== '') document.getElementById(wanted)?.scrollIntoView()
  }, [])
  return (
    <div className="grid grid-cols-1 gap-x-12 lg:grid-cols-[13rem_minmax(0,1fr)]">
      <Outline view={view} />
      <div className="min-w-0">
        {view.sections.map((section, index) => (
          <section
            key={section.id}
            aria-labelledby={section.id}
            className={index === 0 ? '' : 'mt-16 md:mt-24'}
          >
            <h2 id={section.id} className="mb-2 font-semibold font-serif text-2xl tracking-tight md:text-3xl">
              {section.title[locale]}
            </h2>
            {section.controls.map((control) => (
              <PolicyControl key={control.id} control={control} />
            ))}
          </section>
        ))}
      </div>
    </div>
  )
}
