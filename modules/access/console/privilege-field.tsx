import { SelectField, TextField, useWords, words } from '@hevd/ui'
import { privilegeWords } from './access-words.ts'

const text = words({
  privilege: { nb: 'Rettighet', en: 'Privilege' },
  role: { nb: 'Medlem av en rolle …', en: 'Member of a role …' },
  roleName: { nb: 'Rollens navn', en: 'Name of the role' },
  roleHelp: { nb: 'For eksempel pg_read_all_data.', en: 'Such as pg_read_all_data.' },
})

const attributes = ['superuser', 'createRole', 'replication', 'bypassRls'] as const

/** A privilege of a database server: an attribute, or membership of a role by its name. */
export function PrivilegeField({
  value,
  onChoose,
}: {
  readonly value: string
  onChoose(privilege: string): void
}) {
  const said = useWords(text)
  const called = useWords(privilegeWords)
  const isAttribute = attributes.some((attribute) => attribute === value)
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <SelectField
        label={said.privilege}
        value={isAttribute ? value : 'role'}
        onChange={({ target }) => onChoose(target.value === 'role' ? '' : target.value)}
      >
        {attributes.map((attribute) => (
          <option key={attribute} value={attribute}>
            {called[attribute]}
          </option>
        ))}
        <option value="role">{said.role}</option>
      </SelectField>
      {!isAttribute && (
        <TextField
          label={said.roleName}
          help={said.roleHelp}
          required
          value={value}
          onChange={({ target }) => onChoose(target.value)}
        />
      )}
    </div>
  )
}
