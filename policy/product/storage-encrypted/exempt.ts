/** File systems that hold nothing of anybody's: memory, and images that are only read. */
const withoutData = new Set(['tmpfs', 'ramfs', 'squashfs', 'iso9660'])

/** Mount points that need not be encrypted, each as `/boot: why`. Throws RangeError where the reason is missing. */
export function exemptMountPoints(entries: readonly string[]): ReadonlySet<string> {
  return new Set(
    entries.map((entry) => {
      const found = /^(\/\S*):\s*\S/.exec(entry.trim())
      if (found?.[1] === undefined)
        throw new RangeError(
          `${entry} is not a mount point with a reason, such as “/boot: kernel and boot loader”`,
        )
      return found[1]
    }),
  )
}

/** Whether a volume may carry data. */
export function carriesData(
  { fileSystem, mountPoint }: { readonly fileSystem: string; readonly mountPoint: string },
  exempt: ReadonlySet<string>,
): boolean {
  return !withoutData.has(fileSystem) && !exempt.has(mountPoint)
}
