type Cleanup = () => void | Promise<void>
type Register = (cleanup: Cleanup) => void

/** Where a test file names no runner of its own, everything is cleaned up when its process ends. */
const left: Cleanup[] = []
let register: Register = (cleanup) => {
  if (left.length === 0) process.once('exit', () => left.forEach((one) => void one()))
  left.push(cleanup)
}

/** Said once by a test file, with its test runner's `onTestFinished`: what cleans up after the running test. */
export function cleansUpBy(runner: Register): void {
  register = runner
}

/** Cleans up when the running test ends. */
export function atEnd(cleanup: Cleanup): void {
  register(cleanup)
}
