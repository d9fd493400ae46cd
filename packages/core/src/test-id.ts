/** The control that a test belongs to. */
export function controlOf(testId: string): string {
  const slash = testId.indexOf('/')
  return slash < 0 ? testId : testId.slice(0, slash)
}
