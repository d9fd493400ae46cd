/** Crockford's confusions, as the server reads them. */
const readable = (text: string) => text.toUpperCase().replaceAll('O', '0').replaceAll(/[IL]/g, '1')

/** The groups of a share without its beginning: sixteen of five characters. */
export function groupsOf(share: string): readonly string[] {
  return share.split('-').slice(1)
}

/**
 * Numbers, from 1, of the groups that were written otherwise than they stand in the share; what is left out is wrong, and so
 * is a seventeenth. Case, hyphens, spaces and lines do not count.
 */
export function wrongGroups(share: string, typed: string): readonly number[] {
  const text = readable(typed)
    .replaceAll(/[\s-]+/g, '')
    .replace(/^HEVD1/, '')
  const groups = groupsOf(share)
  const written = text.match(/.{1,5}/g) ?? []
  return Array.from({ length: Math.max(groups.length, written.length) }, (_, at) => at).flatMap((at) =>
    groups[at] === written[at] ? [] : [at + 1],
  )
}
