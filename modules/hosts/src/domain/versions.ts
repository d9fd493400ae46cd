/**
 * What an agent and a server say to one another, counted up by one in every release that changes it. One release either
 * way is understood, so that either may be upgraded first.
 */
export const protocol = 1

/** Headers by which both tell their protocol and the version of their Hevd, and the agent its process. */
export const protocolHeader = 'hevd-protocol'
export const versionHeader = 'hevd-version'
export const runHeader = 'hevd-run'

/** Whether one of `theirs` and one of `ours` understand one another, and who is behind otherwise. */
export function skewOf(theirs: number, ours: number): 'none' | 'agent-too-old' | 'agent-too-new' {
  if (Math.abs(theirs - ours) <= 1) return 'none'
  return theirs < ours ? 'agent-too-old' : 'agent-too-new'
}
