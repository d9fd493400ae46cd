type Cleanup = () => void | Promise<void>

let register: ((cleanup: Cleanup) => void) | null = null

/** Said once by a test file, with its test runner's `onTestFinished`: what cleans up after the running test. */
export function cleansUpBy(runner: (cleanup: Cleanup) => void): void {
  register = runner
}

/** Cleans up when the running test ends. */
export function atEnd(cleanup: Cleanup): void {
  if (register === null) throw new Error('The test file has not called cleansUpBy(onTestFinished)')
  register(cleanup)
}
