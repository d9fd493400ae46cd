/** Whether a key may be called so: not empty, no Unicode space, no plus, no control character. */
export function isKeyName(name: string): boolean {
  return name !== '' && !/[\s+]/u.test(name) && !/\p{Cc}/u.test(name)
}
