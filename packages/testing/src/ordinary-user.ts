/** An account that every Linux has and that may do nothing; tests become it to show what root hides. */
export const ordinaryUser = { uid: 65534, gid: 65534 } as const

/** Gives up root for good, for the whole process: only in a child of its own. Does nothing as an ordinary user. */
export function becomeOrdinaryUser(): void {
  if (process.getuid?.() !== 0) return
  process.setgroups?.([])
  process.setgid?.(ordinaryUser.gid)
  process.setuid?.(ordinaryUser.uid)
}
