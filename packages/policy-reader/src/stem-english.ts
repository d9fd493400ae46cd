/** A light stemmer: plural, -ing, -ed and a last e are taken off; nothing that changes the sense. */
export function stemEnglish(word: string): string {
  if (word.length <= 3) return word
  return lastLetter(withoutTense(singular(word.replace(/'s?$/, ''))))
}

function singular(word: string): string {
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`
  if (/(x|ch|sh|ss|z)es$/.test(word)) return word.slice(0, -2)
  return /[^sui]s$/.test(word) ? word.slice(0, -1) : word
}

function withoutTense(word: string): string {
  const rest = word.replace(/(ing|ed)$/, '')
  if (rest === word || rest.length < 3 || !/[aeiouy]/.test(rest)) return word
  return /([bdfgmnprt])\1$/.test(rest) ? rest.slice(0, -1) : rest
}

function lastLetter(word: string): string {
  if (word.length < 4) return word
  return word.replace(/e$/, '').replace(/([^aeiou])y$/, '$1i')
}
