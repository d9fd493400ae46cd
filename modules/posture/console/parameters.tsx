import type { ControlDetail } from '@hevd/posture/contract'
import { parameterInWords, useLocale, useWords, words } from '@hevd/ui'

const text = words({ none: { nb: 'ingen', en: 'none' } })

/** What the policy demands in numbers and names, each with what it means. */
export function Parameters({ of }: { readonly of: ControlDetail['parameters'] }) {
  const said = useWords(text)
  const locale = useLocale()
  return (
    <dl className="flex max-w-measure flex-col gap-5">
      {of.map((parameter) => (
        <div key={parameter.name}>
          <dt className="font-medium">{parameter.title[locale]}</dt>
          <dd className="mt-0.5 break-words">
            {parameterInWords(parameter.type, parameter.value, locale) || said.none}
            <span className="mt-0.5 block text-ink-2 text-sm">{parameter.help[locale]}</span>
          </dd>
        </div>
      ))}
    </dl>
  )
}
