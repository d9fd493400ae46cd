import type { Inbound } from '../index.ts'

export type Case = {
  readonly name: string
  /** Shell script that loads the rules. */
  readonly rules: string
  /** By interface and family, besides what the kernel shows. */
  readonly expected: Readonly<Record<string, Partial<Inbound>>>
}

export const nft = (text: string) => `nft -f - <<'RULES'\n${text}\nRULES\n`
export const input = (policy: 'accept' | 'drop', ...rules: readonly string[]) =>
  nft(`table inet filter {
    chain input {
      type filter hook input priority filter; policy ${policy};
      ${rules.join('\n      ')}
    }
  }`)
export const closed = { tcp: [], udp: [], mayTcp: [], mayUdp: [], defaultAccept: false }
export const all: Inbound['tcp'] = [[0, 65_535]]
export const open = { tcp: all, udp: all, defaultAccept: true }
