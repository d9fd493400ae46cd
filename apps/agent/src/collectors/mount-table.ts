/** A line of /proc/self/mountinfo, proc_pid_mountinfo(5). */
export type Mount = {
  /** `major:minor`; major 0 where the file system has no one device. */
  readonly device: string
  /** Folder of the file system that is mounted. */
  readonly within: string
  readonly mountPoint: string
  readonly fileSystem: string
  readonly source: string
}

export function parseMounts(text: string): Mount[] {
  return text.split('\n').flatMap((line) => {
    const [before, after] = line.split(' - ', 2)
    const [, , device, within, mountPoint] = (before ?? '').split(' ')
    const [fileSystem, source] = (after ?? '').split(' ')
    if (device === undefined || within === undefined || mountPoint === undefined) return []
    if (!/^\d+:\d+$/.test(device) || fileSystem === undefined || source === undefined) return []
    return [
      {
        device,
        within: unescaped(within),
        mountPoint: unescaped(mountPoint),
        fileSystem,
        source: unescaped(source),
      },
    ]
  })
}

/** The kernel writes space, tab, line feed and backslash as three octal digits. */
export function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_whole, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  )
}
