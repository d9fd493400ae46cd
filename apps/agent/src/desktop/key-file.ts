/** A key file of GLib or KDE: values by `group/key`, as text; the last of a name counts. */
export type KeyFile = {
  readonly values: ReadonlyMap<string, string>
  /** Whether a file that comes after this one may not say otherwise: KConfig's `[$i]` of a key, its group or the file. */
  isFixed(key: string): boolean
}

export function parseKeyFile(text: string): KeyFile {
  const values = new Map<string, string>()
  const fixed = new Set<string>()
  let group = ''
  for (const raw of text.split('\n')) {
    const line = raw.trim()
    if (line.startsWith('[')) {
      const parts = [...line.matchAll(/\[([^\]]*)\]/g)].map(([, part = '']) => part)
      group = parts.filter((part) => !part.startsWith('$')).join('][')
      if (parts.some(fixes)) fixed.add(group)
      continue
    }
    const found = /^([^#;=[]+)((?:\[[^\]]*\])*)\s*=\s*(.*)$/.exec(line)
    if (found === null) continue
    const [, name = '', suffix = '', value = ''] = found
    const options = suffix.split(/[[\]]+/).filter((option) => option !== '')
    if (options.some((option) => !option.startsWith('$'))) continue
    const key = `${group}/${name.trim()}`
    values.set(key, value.trim())
    if (options.some(fixes)) fixed.add(key)
  }
  const isFixed = (key: string) =>
    fixed.has('') || fixed.has(key) || fixed.has(key.slice(0, key.lastIndexOf('/')))
  return { values, isFixed }
}

const fixes = (option: string): boolean => option.startsWith('$') && option.includes('i')

/** A number as GVariant writes it (`uint32 300`) or alone; null for anything else. */
export function wholeNumber(text: string | undefined): number | null {
  const found = /^(?:u?int(?:16|32|64)\s+)?(-?\d+)$/.exec(text ?? '')
  return found?.[1] === undefined ? null : Number(found[1])
}
