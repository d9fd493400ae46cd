import type { Holder } from '@hevd/keys/contract'
import { SelectField, useResource, useWords, words } from '@hevd/ui'

const text = words({
  choose: { nb: 'Velg …', en: 'Choose …' },
  account: { nb: 'Kontoer', en: 'Accounts' },
  service: { nb: 'Tjenester', en: 'Services' },
})

export type NamedHolder = Holder & { readonly name: string }
const kinds = ['service', 'account'] as const

/** Everybody and everything that a grant or token can be for. */
export function useHolders(): readonly NamedHolder[] {
  return useResource<readonly NamedHolder[]>('/api/key-holders').data ?? []
}

/** One account or service. */
export function HolderField({
  label,
  help,
  of,
  value,
  onChoose,
}: {
  readonly label: string
  readonly help: string
  readonly of: readonly NamedHolder[]
  readonly value: NamedHolder | null
  onChoose(holder: NamedHolder | null): void
}) {
  const said = useWords(text)
  const idOf = ({ kind, id }: Holder) => `${kind}/${id}`
  return (
    <SelectField
      label={label}
      help={help}
      required
      value={value === null ? '' : idOf(value)}
      onChange={({ target }) => onChoose(of.find((holder) => idOf(holder) === target.value) ?? null)}
    >
      <option value="">{said.choose}</option>
      {kinds.map((kind) => (
        <optgroup key={kind} label={said[kind]}>
          {of
            .filter((holder) => holder.kind === kind)
            .map((holder) => (
              <option key={holder.id} value={idOf(holder)}>
                {holder.name}
              </option>
            ))}
        </optgroup>
      ))}
    </SelectField>
  )
}
