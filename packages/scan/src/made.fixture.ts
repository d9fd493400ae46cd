import { modulo11 } from './numbers/checksums.ts'

/** Made secrets and numbers for tests: of the right form, drawn by a fixed generator, nobody's. */

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
export const alphabets = {
  base62: letters,
  base64: `${letters}+/`,
  base64url: `${letters}_-`,
  hex: '0123456789abcdef',
  base32: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
  letters: letters.slice(0, 52),
  bech32: 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L',
} as const

let state = 20260615

/** `length` characters; the same in every run, other ones at every call. Numerical Recipes' generator. */
export function drawnFrom(alphabet: keyof typeof alphabets, length: number): string {
  const from = alphabets[alphabet]
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return from[Math.floor((state / 2 ** 32) * from.length)]
  }).join('')
}

/** A prefix and what its issuer would draw; apart, so that no scanner of repositories takes the source for a leak. */
export const token = (prefix: string, alphabet: keyof typeof alphabets, length: number): string =>
  prefix + drawnFrom(alphabet, length)

/** The first Norwegian identity number from these nine digits on; `rest` is what its first control sum leaves. */
export function withControls(nine: string, rest = 0): string {
  for (let number = Number(nine); ; number += 1)
    for (let controls = 0; controls < 100; controls += 1) {
      const digits = String(number).padStart(9, '0') + String(controls).padStart(2, '0')
      if (
        modulo11(digits, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) === rest &&
        modulo11(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) === 0
      )
        return digits
    }
}

/** The first Norwegian account number from these ten digits on. */
export function withAccountDigit(ten: string): string {
  for (let number = Number(ten) * 10; ; number += 1)
    if (modulo11(String(number), [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) === 0) return String(number)
}

export const base64 = (text: string): string => btoa(text)
const url = (text: string): string =>
  base64(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
export const jsonWebToken = (algorithm: string, signature: string): string =>
  `${url(JSON.stringify({ alg: algorithm, typ: 'JWT' }))}.${url(JSON.stringify({ sub: '1', iat: 1700000000 }))}.${signature}`

export const pem = (label: string, body: string): string =>
  [`-----BEGIN ${label}-----`, ...(body.match(/.{1,64}/g) ?? []), `-----END ${label}-----`, ''].join('\n')
/** The openssh-key-v1 format up to its cipher's name, and something after it. */
export const openSshBody = (cipher: string): string =>
  base64(`openssh-key-v1\0\0\0\0${String.fromCharCode(cipher.length)}${cipher}`).replace(/=+$/, '') +
  drawnFrom('base64', 200)
