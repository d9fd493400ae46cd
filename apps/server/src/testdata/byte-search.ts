import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where a token was found: the file, relative, and in which form. */
export type Found = { readonly file: string; readonly token: string; readonly form: string }

/** A token as files may hold it: UTF-8, UTF-16 both ways, hex, base64 at each of its three places, each in three cases. */
function formsOf(token: string): readonly (readonly [string, Buffer])[] {
  const cases = [...new Set([token, token.toLowerCase(), token.toUpperCase()])]
  return cases.flatMap((text): (readonly [string, Buffer])[] => {
    const utf8 = Buffer.from(text)
    const hex = utf8.toString('hex')
    const little = Buffer.from(text, 'utf16le')
    return [
      ['utf-8', utf8],
      ['utf-16le', little],
      ['utf-16be', Buffer.from(little).swap16()],
      ['hex', Buffer.from(hex)],
      ['HEX', Buffer.from(hex.toUpperCase())],
      ...[0, 1, 2].map((shift) => [`base64+${shift}`, base64At(utf8, shift)] as const),
    ]
  })
}

/** The characters of base64 that the bytes alone decide when they stand `shift` bytes into a group. */
function base64At(bytes: Buffer, shift: number): Buffer {
  const text = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString('base64')
    .replace(/=+$/, '')
  const first = shift === 0 ? 0 : shift + 1
  const last = Math.floor(((shift + bytes.length) * 8) / 6)
  return Buffer.from(text.slice(first, last))
}

/** Every place where one of the tokens stands in some bytes. */
export function searchBytes(file: string, bytes: Buffer, tokens: readonly string[]): Found[] {
  return tokens.flatMap((token) =>
    formsOf(token)
      .filter(([, form]) => bytes.includes(form))
      .map(([form]) => ({ file, token, form })),
  )
}

/** Reads every byte of every file under a folder, links not followed. */
export function searchFolder(
  folder: string,
  tokens: readonly string[],
): { readonly found: Found[]; readonly bytes: number } {
  const found: Found[] = []
  let bytes = 0
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name)
    if (!lstatSync(path).isFile()) continue
    const content = readFileSync(path)
    bytes += content.length
    found.push(...searchBytes(name, content, tokens))
  }
  return { found, bytes }
}
