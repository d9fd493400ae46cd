/** An option with its values; `inverted` by a `!` before it. */
export type Option = { readonly name: string; readonly inverted: boolean; readonly values: readonly string[] }
/** A rule of iptables-save in its parts. */
export type SavedRule = {
  readonly basic: readonly Option[]
  readonly matches: readonly { readonly name: string; readonly options: readonly Option[] }[]
  readonly target: {
    readonly name: string
    readonly goto: boolean
    readonly options: readonly Option[]
  } | null
}

const basics: ReadonlySet<string> = new Set(['-s', '-d', '-i', '-o', '-p', '-f'])

export function readRule(words: readonly string[]): SavedRule {
  const options = optionsOf(words)
  const basic: Option[] = []
  const matches: { name: string; options: Option[] }[] = []
  let target: { name: string; goto: boolean; options: Option[] } | null = null
  let into = basic
  for (const option of options) {
    const [first = '', ...rest] = option.values
    if (option.name === '-m') {
      const match = { name: first, options: [] }
      matches.push(match)
      into = match.options
    } else if (option.name === '-j' || option.name === '-g') {
      target = { name: first, goto: option.name === '-g', options: optionsOf(rest) }
      into = target.options
    } else if (basics.has(option.name)) basic.push(option)
    else into.push(option)
  }
  return { basic, matches, target }
}

function optionsOf(words: readonly string[]): Option[] {
  const options: { name: string; inverted: boolean; values: string[] }[] = []
  let inverted = false
  for (const word of words) {
    if (word === '!') inverted = true
    else if (/^-{1,2}[a-zA-Z]/.test(word)) {
      options.push({ name: word, inverted, values: [] })
      inverted = false
    } else options.at(-1)?.values.push(word)
  }
  return options
}
