import { asProblem } from '@hevd/ui'
import { QueryClient } from '@tanstack/react-query'

/** What was fetched stays shown while it is fetched anew; only faults that time may mend are tried again. */
export function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (count, error) => {
          const { status } = asProblem(error)
          return count < 2 && (status === 0 || status >= 500)
        },
        retryDelay: (count) => 500 * 2 ** count,
      },
    },
  })
}
