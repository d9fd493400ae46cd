import { z } from 'zod'
import { failedBy, type Gap, needsRight, rootRight } from '../collector.ts'
import type { HostAccess } from '../host/access.ts'
import type { Ran } from '../host/run.ts'

/** What the host's own tools say that the kernel filters by. */
export type Listing = {
  /** JSON of `nft -j list ruleset`; null where there is no nft. */
  readonly nft: z.infer<typeof nftJson> | null
  /** What iptables-save and its kin printed, by program; those that are not there are left out. */
  readonly saves: ReadonlyMap<SaveProgram, string>
}

export const savePrograms = [
  'iptables-save',
  'ip6tables-save',
  'iptables-legacy-save',
  'ip6tables-legacy-save',
] as const
export type SaveProgram = (typeof savePrograms)[number]

const nftJson = z.object({ nftables: z.array(z.record(z.string(), z.json())) })
const limits = { maxBytes: 128 * 1024 * 1024, timeout: 60_000 }

/** The listing, or why there is none. A tool that is not installed has nothing loaded. */
export async function listRules(access: HostAccess): Promise<Listing | { readonly gap: Gap }> {
  const nft = await access.run('nft', ['-j', 'list', 'ruleset'], limits)
  const saves = new Map<SaveProgram, string>()
  const faults = [faultOf('nft', nft)]
  for (const program of savePrograms) {
    const ran = await access.run(program, [], limits)
    faults.push(faultOf(program, ran))
    if (ran.kind === 'ran') saves.set(program, ran.out)
  }
  const gap = faults.find((fault) => fault !== null)
  if (gap !== undefined) return { gap }
  const printed = nft.kind === 'ran' ? nftJson.safeParse(parsed(nft.out)) : null
  if (printed?.success === false) return { gap: failedBy('nft printed what is not its JSON') }
  return { nft: printed?.data ?? null, saves }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const noRight = /not permitted|permission denied|must be root/i
/** A kernel without that family of tables cannot have rules in it. */
const noKernel =
  /table does not exist|do you need to insmod|protocol not supported|not supported by the kernel/i

function faultOf(program: string, ran: Ran): Gap {
  switch (ran.kind) {
    case 'absent':
      return null
    case 'timed-out':
      return failedBy(`${program} did not end in ${ran.after / 1000} s`)
    case 'too-much':
      return failedBy(`${program} printed more than ${ran.maxBytes} bytes`)
    case 'ran': {
      if (noRight.test(ran.errors)) return needsRight(rootRight)
      if (ran.code === 0 || noKernel.test(ran.errors)) return null
      return failedBy(`${program}: ${ran.errors}`)
    }
  }
}
