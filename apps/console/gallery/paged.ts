/** A page of made items, as the server cuts them. */
export function paged<Item>(url: URL, total: number, at: (index: number) => Item) {
  const from = Number(url.searchParams.get('cursor') ?? 0)
  const until = Math.min(total, from + Number(url.searchParams.get('limit') ?? 50))
  const items = Array.from({ length: Math.max(0, until - from) }, (_, index) => at(from + index))
  return { items, next: until < total ? String(until) : null, total }
}
