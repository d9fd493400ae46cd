/** State of a password as shadow(5) and crypt(5) read its field. `scheme` is null unless set. */
export type PasswordState = {
  readonly state: 'set' | 'locked' | 'empty'
  readonly scheme: string | null
}

const locked: PasswordState = { state: 'locked', scheme: null }

/** Prefixes of crypt(5), longest first where one begins another. */
const schemes: readonly (readonly [string, string])[] = [
  ['$gy$', 'gost-yescrypt'],
  ['$sm3y$', 'sm3-yescrypt'],
  ['$sm3$', 'sm3'],
  ['$sha1$', 'sha1'],
  ['$md5', 'sunmd5'],
  ['$2a$', 'bcrypt'],
  ['$2b$', 'bcrypt'],
  ['$2x$', 'bcrypt'],
  ['$2y$', 'bcrypt'],
  ['$y$', 'yescrypt'],
  ['$7$', 'scrypt'],
  ['$6$', 'sha512'],
  ['$5$', 'sha256'],
  ['$3$', 'nthash'],
  ['$1$', 'md5'],
]

/**
 * Reads a password field without keeping it. What no crypt(5) scheme could have made matches no password, so it
 * locks; an unknown `$id$` is `unknown`, since a newer library may know it.
 */
export function passwordState(field: string): PasswordState {
  if (field === '') return { state: 'empty', scheme: null }
  const known = schemes.find(([prefix]) => field.startsWith(prefix))
  if (known !== undefined) return { state: 'set', scheme: known[1] }
  if (/^\$[^$]+\$./.test(field)) return { state: 'set', scheme: 'unknown' }
  if (/^_[./0-9A-Za-z]{19}$/.test(field)) return { state: 'set', scheme: 'bsdi' }
  if (/^[./0-9A-Za-z]{13}$/.test(field) || /^[./0-9A-Za-z]{24,178}$/.test(field))
    return { state: 'set', scheme: 'des' }
  return locked
}

/** What shadow(5) says of an account; the password itself is already gone. */
export type ShadowRow = PasswordState & { readonly name: string; readonly accountExpires: string | null }

const day = 86_400_000
const lastDay = 2_932_896 // 9999-12-31

/** Rows of shadow(5), the first of a name; a line without a name or in another form is none. */
export function parseShadow(text: string): ReadonlyMap<string, ShadowRow> {
  const rows = new Map<string, ShadowRow>()
  for (const line of text.split('\n')) {
    const [name = '', field, , , , , , expires = ''] = line.split(':')
    if (name === '' || field === undefined || /^[+-]/.test(name) || rows.has(name)) continue
    rows.set(name, { name, ...passwordState(field), accountExpires: dateOfDay(expires) })
  }
  return rows
}

function dateOfDay(text: string): string | null {
  if (!/^\d{1,7}$/.test(text) || Number(text) > lastDay) return null
  return new Date(Number(text) * day).toISOString().slice(0, 10)
}
