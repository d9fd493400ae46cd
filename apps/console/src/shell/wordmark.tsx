/** The product's name, set as the policy is. */
export function Wordmark() {
  return <span className="font-semibold font-serif text-xl tracking-tight">Hevd</span>
}
