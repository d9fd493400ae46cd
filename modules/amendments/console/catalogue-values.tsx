import type { PromiseText } from '@hevd/amendments/contract'
import type { ControlDetail } from '@hevd/posture/contract'
import { parameterInWords, useLocale, useResource, useWords, words } from '@hevd/ui'
import { same } from './edited.ts'

const text = words({
  values: {
    nb: (ours: string, theirs: string) => `egen: ${ours}; Hevds: ${theirs}`,
    en: (ours: string, theirs: string) => `yours: ${ours}; Hevd’s: ${theirs}`,
  },
  none: { nb: 'ingen', en: 'none' },
})

/** Requirements that the catalogue sets otherwise than the organisation does. */
export function CatalogueValues({
  control,
  ours,
  theirs,
}: {
  readonly control: string
  readonly ours: PromiseText['parameters']
  readonly theirs: PromiseText['parameters']
}) {
  const said = useWords(text)
  const locale = useLocale()
  const differing = Object.keys(theirs).filter((name) => !same(ours[name], theirs[name]))
  const detail = useResource<ControlDetail>(
    differing.length === 0 ? null : `/api/controls/${encodeURIComponent(control)}`,
  )
  if (differing.length === 0) return null
  return (
    <dl>
      {differing.map((name) => {
        const parameter = detail.data?.parameters.find((each) => each.name === name)
        const told = (value: unknown) => parameterInWords(parameter?.type ?? '', value, locale) || said.none
        return (
          <div key={name}>
            <dt className="text-ink-2 text-sm">{parameter?.title[locale] ?? name}</dt>
            <dd>{said.values(told(ours[name]), told(theirs[name]))}</dd>
          </div>
        )
      })}
    </dl>
  )
}
