import type { Bilingual } from '@hevd/core'
import {
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { useRead } from './locale.tsx'
import { asProblem, call, type Problem } from './problem.ts'
import { useToast } from './toast.tsx'

export type Resource<Value> = UseQueryResult<Value, Problem>
/** What list routes answer (pageOf in @hevd/http). */
export type Page<Item> = {
  readonly items: readonly Item[]
  readonly next: string | null
  readonly total: number
}
/** The same of a list that is counted by numbers, such as a log: `next` goes into `before`, `size` counts all. */
type Numbered<Item> = { readonly items: readonly Item[]; readonly next: number | null; readonly size: number }

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
  return useGrowing(path, 'cursor', (page: Page<Item>) => page.total)
}

/** {@link usePages} for a list that is counted by numbers. */
export function useNumberedPages<Item>(path: string): Pages<Item> {
  return useGrowing(path, 'before', (page: Numbered<Item>) => page.size)
}

type Growing<Item> = { readonly items: readonly Item[]; readonly next: string | number | null }

function useGrowing<Item, Part extends Growing<Item>>(
  path: string,
  parameter: string,
  totalOf: (part: Part) => number,
): Pages<Item> {
  const query = useInfiniteQuery<
    Part,
    Problem,
    { readonly pages: readonly Part[] },
    readonly string[],
    string | number | null
  >({
    queryKey: [path, 'pages'],
    queryFn: ({ pageParam }) => {
      const joined = path.includes('?') ? '&' : '?'
      return call(
        'GET',
        pageParam === null ? path : `${path}${joined}${parameter}=${encodeURIComponent(pageParam)}`,
      )
    },
    initialPageParam: null,
    getNextPageParam: (last) => last.next,
    placeholderData: (previous) => previous,
  })
  const items = useMemo(() => query.data?.pages.flatMap((part) => part.items) ?? [], [query.data])
  const first = query.data?.pages[0]
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query
  const fetchMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])
  return {
    items,
    total: first === undefined ? 0 : totalOf(first),
    pending: query.isPending,
    problem: query.error,
    more: hasNextPage,
    fetchMore,
    retry: () => void query.refetch(),
  }
}

export type Outcome<Answer> = { readonly ok: true; readonly answer: Answer } | { readonly ok: false }

export type Action<Input, Answer> = {
  /** Runs it; never throws: what went wrong stands in `problem`. */
  run(input: Input): Promise<Outcome<Answer>>
  readonly running: boolean
  readonly problem: Problem | null
  /** What it last answered; null before, while it runs, and where it went wrong. */
  readonly answer: Answer | null
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
    run: (input) =>
      mutation.mutateAsync(input).then(
        (answer) => ({ ok: true, answer }),
        () => ({ ok: false }),
      ),
    running: mutation.isPending,
    problem: mutation.error === null ? null : asProblem(mutation.error),
    answer: mutation.data ?? null,
    reset: mutation.reset,
  }
}
