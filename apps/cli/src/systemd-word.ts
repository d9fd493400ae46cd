/** A word as systemd reads it: in quotation marks, `%` doubled (systemd.syntax(7)). */
export function quoted(word: string): string {
  return `"${word.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%')}"`
}
