/** What came of looking: seen, not there, or there is no right to look. */
export type Looked<T> =
  | { readonly kind: 'seen'; readonly value: T }
  | { readonly kind: 'absent' }
  | { readonly kind: 'refused' }

export const absent = { kind: 'absent' } as const
export const refused = { kind: 'refused' } as const

export function seenValue<T>(value: T): Looked<T> {
  return { kind: 'seen', value }
}

/** Not being there and not being allowed are answers; any other error is a breakage and is thrown. */
export async function looking<T>(look: () => Promise<T>): Promise<Looked<T>> {
  try {
    return seenValue(await look())
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP' || code === 'ESRCH') return absent
    if (code === 'EACCES' || code === 'EPERM') return refused
    throw error
  }
}
