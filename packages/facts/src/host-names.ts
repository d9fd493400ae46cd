/**
 * Names that a machine is found by: its whole name, and its first label with a star where it has a domain. Case does not
 * count (RFC 4343).
 */
export function hostNames(names: readonly string[]): string[] {
  return [
    ...new Set(
      names
        .map(plainName)
        .filter((name) => name !== '')
        .flatMap((name) => (name.includes('.') ? [name, `${labelOf(name)}.*`] : [name])),
    ),
  ]
}

/**
 * Names under which a machine of one of these names may be known: the same name, or, where one of the two has no domain,
 * the same first label. `web1.test.example` is not `web1.prod.example`.
 */
export function hostNamesAlike(names: readonly string[]): string[] {
  return [
    ...new Set(
      names
        .map(plainName)
        .filter((name) => name !== '')
        .flatMap((name) => (name.includes('.') ? [name, labelOf(name)] : [name, `${name}.*`])),
    ),
  ]
}

const plainName = (name: string) => name.trim().toLowerCase().replace(/\.$/, '')
const labelOf = (name: string) => name.slice(0, name.indexOf('.'))
