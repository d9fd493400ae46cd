import { agentVersion } from '../version.ts'

/**
 * What an agent and a server say to one another, counted up by one in every release that changes it; the server's is in
 * @hevd/hosts (`domain/versions.ts`). One release either way is understood.
 */
export const protocol = 1

/** What each request tells of the agent. `run` is a UUID of this process. */
export function agentHeaders(run: string | null): Record<string, string> {
  return {
    'hevd-protocol': String(protocol),
    'hevd-version': agentVersion,
    ...(run === null ? {} : { 'hevd-run': run }),
  }
}
