/** Snowball stemmer for Norwegian (https://snowballstem.org/algorithms/norwegian/stemmer.html). */
export function stemNorwegian(word: string): string {
  return thirdStep(secondStep(firstStep(word, region(word)), region(word)), region(word))
}

const vowels = 'aeiouyæåøêòô'

/** Where R1 begins: after the first consonant behind a vowel, and never before the fourth letter. */
function region(word: string): number {
  const vowel = [...word].findIndex((letter) => vowels.includes(letter))
  if (vowel < 0) return word.length
  for (let at = vowel + 1; at < word.length; at++)
    if (!vowels.includes(word.charAt(at))) return Math.max(at + 1, 3)
  return word.length
}

const first =
  'hetenes hetene hetens heter heten endes andes ande ende edes enes erte ede ane ene ens ers ets het ast ert en ar er as es et a e s'.split(
    ' ',
  )

function firstStep(word: string, r1: number): string {
  const ending = first.find((each) => word.endsWith(each) && word.length - each.length >= r1)
  if (ending === undefined) return word
  const rest = word.slice(0, -ending.length)
  if (ending === 'erte' || ending === 'ert') return `${rest}er`
  if (ending !== 's') return rest
  const before = rest.at(-1) ?? ''
  const afterK = before === 'k' && !vowels.includes(rest.at(-2) ?? 'a')
  return 'bcdfghjlmnoprtvyz'.includes(before) || afterK ? rest : word
}

function secondStep(word: string, r1: number): string {
  return /[dv]t$/.test(word) && word.length - 2 >= r1 ? word.slice(0, -1) : word
}

const third = 'hetslov eleg elig elov slov leg eig lig els lov ig'.split(' ')

function thirdStep(word: string, r1: number): string {
  const ending = third.find((each) => word.endsWith(each) && word.length - each.length >= r1)
  return ending === undefined ? word : word.slice(0, -ending.length)
}
