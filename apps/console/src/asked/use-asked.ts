import type { Asked } from '@hevd/notices/contract'
import { type Resource, useReader, useResource } from '@hevd/ui'

/** What is asked of the reader, looked at again twice a minute; nothing is fetched for auditors, who are asked nothing. */
export function useAsked(): Resource<Asked> {
  const isAuditor = useReader()?.role === 'auditor'
  return useResource<Asked>(isAuditor ? null : '/api/asked', 30_000)
}
