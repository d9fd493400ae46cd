import type { Bilingual } from '@hevd/core'
import {
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useMemo } from 'react'
import { useRead } from './locale.tsx'
import { asProblem, call, type Problem } from './problem.ts'
import { useToast } from './toast.tsx'

export type Resource<Value> = UseQueryResult<Value, Problem>
/** What list routes answer (pageOf in @hevd/http). */
export type Page<Item> = { readonly items: readonly Item[]; readonly next: string | null; readonly total: number }

/** Reads one address of the API and keeps it fresh; null reads nothing. @param every milliseconds between looks */
export function useResource<Value>(path: string | null, every?: number): Resource<Value> {
  return useQuery<Value, Problem>({
    queryKey: [path],
    queryFn: () => call<Value>('GET', path ?? ''),
    enabled: path !== null,
    ...(every === undefined ? {} : { refetchInterval: every }),
  })
}

export type Pages<Item> = {
  readonly items: readonly Item[]
  readonly total: number
  readonly pending: boolean
  readonly problem: Problem | null
  readonly more: boolean
  /** Fetches the next page unless it is under way. */
  fetchMore(): void
  retry(): void
}

/** A list of any length, page by page. @param path address with its filter, without `cursor` */
export function usePages<Item>(path: string): Pages<Item> {
  const query = useInfiniteQuery<
    Page<Item>,
    Problem,
    { readonly pages: readonly Page<Item>[] },
    readonly string[],
    string | null
  >({
    queryKey: [path, 'pages'],
    queryFn: ({ pageParam }) => {
      const joined = path.includes('?') ? '&' : '?'
      return call('GET', pageParam === null ? path : `${path}${joined}cursor=${encodeURIComponent(pageParam)}`)
    },
    initialPageParam: null,
    getNextPageParam: (last) => last.next,
    placeholderData: (previous) => previous,
  })
  const items = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data])
  return {
    items,
    total: query.data?.pages[0]?.total ?? 0,
    pending: query.isPending,
    problem: query.error,
    more: query.hasNextPage,
    fetchMore() {
      if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage()
    },
    retry: () => void query.refetch(),
  }
}

export type Action<Input, Answer> = {
  /** Runs it; resolves to the answer, or to null when it failed (the problem then stands in `problem`). */
  run(input: Input): Promise<Answer | null>
  readonly running: boolean
  readonly problem: Problem | null
  reset(): void
}

/**
 * Something that changes the server's state. What was read under any address that begins with one of `refreshes` is
 * read again; `done` is said when it went well.
 */
export function useAction<Input, Answer>(options: {
  readonly call: (input: Input) => Promise<Answer>
  readonly refreshes: readonly string[]
  readonly done?: Bilingual
}): Action<Input, Answer> {
  const client = useQueryClient()
  const toast = useToast()
  const read = useRead()
  const mutation = useMutation<Answer, Problem, Input>({
    mutationFn: options.call,
    onSuccess: async () => {
      if (options.done !== undefined) toast(read(options.done))
      await client.invalidateQueries({
        predicate: ({ queryKey: [path] }) =>
          typeof path === 'string' && options.refreshes.some((prefix) => path.startsWith(prefix)),
      })
    },
  })
  return {
    run: (input) => mutation.mutateAsync(input).catch(() => null),
    running: mutation.isPending,
    problem: mutation.error === null ? null : asProblem(mutation.error),
    reset: mutation.reset,
  }
}
