/** What a page is made of, whatever its format: in reading order, with white space made single. */
export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'item'; readonly text: string }
  /** A row of a table or a term with its description; a cell keeps its line breaks. */
  | { readonly kind: 'row'; readonly cells: readonly string[]; readonly headers: readonly string[] }

/** Single spaces, no soft hyphens, ligatures as letters. */
export function tidy(text: string): string {
  return text
    .replace(/[\u00AD\u200B-\u200D\uFEFF]/g, '')
    .replace(/[\uFB00-\uFB06]/g, (ligature) => ligature.normalize('NFKC'))
    .replace(/\s+/g, ' ')
    .trim()
}
