/** Aborted when the process is told to stop; told twice, it ends at once. */
export function stopping(): AbortSignal {
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(2)
      stop.abort()
    })
  return stop.signal
}
