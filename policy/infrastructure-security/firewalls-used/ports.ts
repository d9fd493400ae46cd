/** Ranges of ports, first and last included. */
export type Ports = readonly (readonly [number, number])[]

/** Ports of services such as `443/tcp` and `6000-6010/udp`. Throws RangeError on anything else. */
export function declaredPorts(services: readonly string[]): { readonly tcp: Ports; readonly udp: Ports } {
  const parsed = services.map((service) => {
    const match = /^(\d{1,5})(?:-(\d{1,5}))?\/(tcp|udp)$/.exec(service)
    const first = Number(match?.[1])
    const last = Number(match?.[2] ?? match?.[1])
    if (match === null || first > last || last > 65_535)
      throw new RangeError(`${service} is not a service such as 443/tcp`)
    return { range: [first, last] as const, protocol: match[3] }
  })
  const of = (protocol: string) =>
    parsed.filter((service) => service.protocol === protocol).map(({ range }) => range)
  return { tcp: of('tcp'), udp: of('udp') }
}

/** The parts of `open` that lie outside `allowed`. */
export function beyond(open: Ports, allowed: Ports): Ports {
  return allowed.reduce<Ports>(
    (rest, [from, to]) =>
      rest.flatMap(([first, last]): Ports => {
        if (to < first || from > last) return [[first, last]]
        const before: Ports = first < from ? [[first, from - 1]] : []
        const after: Ports = last > to ? [[to + 1, last]] : []
        return [...before, ...after]
      }),
    open,
  )
}
