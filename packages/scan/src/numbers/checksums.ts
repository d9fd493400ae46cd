/** Luhn's check (ISO/IEC 7812-1, annex B) over digits. */
export function luhn(digits: string): boolean {
  let sum = 0
  for (let i = 0; i < digits.length; i += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48
    const doubled = i % 2 === 0 ? digit : digit * 2
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

/** The sum of digits by their weights, modulo 11. */
export function modulo11(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, at) => sum + weight * (digits.charCodeAt(at) - 48), 0) % 11
}

/** ISO/IEC 7064 MOD 97-10 as IBAN uses it: the first four characters to the end, letters as 10 to 35; valid is 1. */
export function modulo97(iban: string): number {
  const turned = iban.slice(4) + iban.slice(0, 4)
  let rest = 0
  for (const character of turned) {
    const value = Number.parseInt(character, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest
}
