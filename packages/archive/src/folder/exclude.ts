/**
 * Whether a path is left out. A pattern with `/` in it is held against the whole path below the folder, one without against
 * the name at any depth; `*` and `?` stay within a name, `**` does not. What is in a folder left out is left out too.
 */
export function excluder(patterns: readonly string[]): (path: string) => boolean {
  const rules = patterns.map((pattern) => {
    const plain = pattern.replace(/^\/+|\/+$/g, '')
    const whole = pattern.replace(/\/+$/, '').includes('/')
    return { whole, matches: new RegExp(`^${toExpression(plain)}$`, 'us') }
  })
  return (path) => {
    const name = path.slice(path.lastIndexOf('/') + 1)
    return rules.some(({ whole, matches }) => matches.test(whole ? path : name))
  }
}

function toExpression(pattern: string): string {
  return pattern.replaceAll(/\*\*\/|\*\*|\*|\?|[\\^$.+()[\]{}|/]/g, (found) => {
    if (found === '**/') return '(?:.*/)?'
    if (found === '**') return '.*'
    if (found === '*') return '[^/]*'
    return found === '?' ? '[^/]' : `\\${found}`
  })
}
