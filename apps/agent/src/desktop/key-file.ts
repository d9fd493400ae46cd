/** A key file of GLib or KDE: values by group and key, as text. The last of a name counts; `[$i]` after a key is dropped. */
export function parseKeyFile(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  let group = ''
  for (const raw of text.split('\n')) {
    const line = raw.trim()
    const head = /^\[([^\]]*)\]/.exec(line)
    if (head?.[1] !== undefined) {
      group = head[1]
      continue
    }
    const found = /^([^#;=[]+)(?:\[[^\]]*\])?\s*=\s*(.*)$/.exec(line)
    if (found?.[1] !== undefined && found[2] !== undefined)
      values.set(`${group}/${found[1].trim()}`, found[2].trim())
  }
  return values
}

/** A number as GVariant writes it (`uint32 300`) or alone; null for anything else. */
export function wholeNumber(text: string | undefined): number | null {
  const found = /^(?:u?int(?:16|32|64)\s+)?(-?\d+)$/.exec(text ?? '')
  return found?.[1] === undefined ? null : Number(found[1])
}
