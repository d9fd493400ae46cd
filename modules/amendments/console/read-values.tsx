import type { ControlDetail } from '@hevd/posture/contract'
import { parameterInWords, useLocale, useResource, useWords, words } from '@hevd/ui'
import { type ReadValue, type Sentence, valueKey } from './chosen.ts'
import { same } from './edited.ts'

const text = words({
  inForce: { nb: (value: string) => `i kraft: ${value}`, en: (value: string) => `in force: ${value}` },
  same: { nb: 'som i kraft', en: 'as in force' },
  none: { nb: 'ingen', en: 'none' },
})

/** The values read out of a sentence beside those in force; a tick takes one. */
export function ReadValues({
  sentence,
  taken,
  titleOf,
  onValue,
}: {
  readonly sentence: Sentence
  readonly taken: readonly string[]
  titleOf(control: string): string
  onValue(key: string, sentence: number | null): void
}) {
  return (
    <ul className="flex flex-col gap-2">
      {sentence.parameters.map((value) => {
        const key = valueKey(value)
        return (
          <OneValue
            key={key}
            value={value}
            taken={taken.includes(key)}
            title={titleOf(value.control)}
            onTake={(take) => onValue(key, take ? sentence.index : null)}
          />
        )
      })}
    </ul>
  )
}

function OneValue({
  value: { control, name, value, inForce },
  taken,
  title,
  onTake,
}: {
  readonly value: ReadValue
  readonly taken: boolean
  readonly title: string
  onTake(take: boolean): void
}) {
  const said = useWords(text)
  const locale = useLocale()
  const detail = useResource<ControlDetail>(`/api/controls/${encodeURIComponent(control)}`)
  const parameter = detail.data?.parameters.find((each) => each.name === name)
  const type = parameter?.type ?? (typeof value === 'string' && /^P/.test(value) ? 'duration' : '')
  const told = (each: unknown) => parameterInWords(type, each, locale) || said.none
  const equal = same(value, inForce)
  return (
    <li>
      <label className="flex items-start gap-2.5">
        <input
          type="checkbox"
          className="mt-1 size-4 shrink-0"
          checked={taken}
          disabled={equal}
          onChange={({ target }) => onTake(target.checked)}
        />
        <span>
          {parameter?.title[locale] ?? title}: <span className="font-medium">{told(value)}</span>
          <span className="block text-ink-2 text-sm">{equal ? said.same : said.inForce(told(inForce))}</span>
        </span>
      </label>
    </li>
  )
}
