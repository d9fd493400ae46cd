import { readFileSync } from 'node:fs'

/** Milliseconds to wait before more is begun, so that the share is kept to; 0 for none. */
export type ProcessorShare = { owed(): number }

/** Processor time that may be used at once, before the share counts: a first look at the host goes at full speed. */
const burst = 5000

/**
 * Keeps what is used below `share` of one processor over time, by pauses between runs: a bucket that fills with the
 * share and is emptied by use. A single run is not held back; `nice` and the unit's CPUQuota hold that.
 *
 * @param used milliseconds of processor time so far, children counted in
 */
export function processorShare(share: number, used: () => number, monotonic: () => number): ProcessorShare {
  let left = burst
  let seen = { at: monotonic(), used: used() }
  return {
    owed() {
      const now = { at: monotonic(), used: used() }
      left = Math.min(burst, left + (now.at - seen.at) * share) - (now.used - seen.used)
      seen = now
      return Math.max(0, -left / share)
    },
  }
}

/** Clock ticks in `/proc` are hundredths of a second on Linux, whatever the kernel's own (`USER_HZ`, proc_pid_stat(5)). */
const tick = 10

/** Processor time of this process and of the programs that it started and that ended, in milliseconds. */
export function processorTime(): number {
  const stat = readFileSync('/proc/self/stat', 'utf8')
  // The second field is a name in parentheses that may hold anything; utime is the 14th field, then stime, cutime, cstime.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) * tick
}
