/** The newest release among `installed` that is of the running kernel's flavour and newer than it; null for none. */
export function newerKernel(running: string, installed: readonly string[]): string | null {
  const flavour = flavourOf(running)
  if (flavour === null) return null
  return installed
    .filter((release) => flavourOf(release) === flavour)
    .reduce<string | null>(
      (newest, release) => (compareReleases(release, newest ?? running) > 0 ? release : newest),
      null,
    )
}

/**
 * What follows the numbers, such as `amd64` or `generic`: two kernels are compared only when they are builds of the
 * same kind. A kernel without one (`6.18.0`) is compared with nothing.
 */
export function flavourOf(release: string): string | null {
  const found = /[-.]([A-Za-z][A-Za-z0-9_]*(?:-[A-Za-z][A-Za-z0-9_]*)*)$/.exec(release)
  return found?.[1] ?? null
}

/** By the numbers in them, from the left; other characters only part them. */
export function compareReleases(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)]
  for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

function numbersOf(release: string): number[] {
  return (release.replace(/[-.][A-Za-z].*$/, '').match(/\d{1,15}/g) ?? []).map(Number)
}

/** The package version that a Debian kernel says it was built from, by the version text of uname(2). */
export function builtFrom(version: string): string | null {
  return /\bDebian (\S+) \(\d{4}-\d{2}-\d{2}\)/.exec(version)?.[1] ?? null
}
