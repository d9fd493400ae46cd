/** How two texts are made one before they are compared. */
export type Normaliser = {
  /** Written into the keyring: when it changes, the index must be built anew. */
  readonly name: string
  readonly apply: (text: string) => string
}

const text = (given: string) => given.normalize('NFKC').trim()

/**
 * `exact`: as given. `text`: Unicode NFKC and without space around. `caseless`: the same, and the case of letters does
 * not count. `digits`: decimal digits of any script alone, for telephone, account and identity numbers.
 */
export const normalisers = {
  exact: { name: 'exact', apply: (given) => given },
  text: { name: 'text', apply: text },
  caseless: { name: 'caseless', apply: (given) => text(text(given).toUpperCase().toLowerCase()) },
  digits: { name: 'digits', apply: (given) => text(given).replace(/[^0-9]/g, '') },
} as const satisfies Record<string, Normaliser>
export type NormaliserName = keyof typeof normalisers
