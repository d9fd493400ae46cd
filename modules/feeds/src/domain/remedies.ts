import type { Bilingual, Coverage } from '@hevd/core'

type Gap = Pick<Coverage, 'state' | 'detail'>

/** What to do about a part that a feed has not looked at whole. */
export function remedyOf({ state, detail }: Gap): Bilingual {
  if (state === 'needs-right') return rights[detail] ?? otherRight(detail)
  return remedies[state]
}

/** Rights that collectors name, and how the agent is given them. */
const rights: { readonly [right: string]: Bilingual } = {
  root: {
    nb: 'Samleren må lese som root. Kjør agenten som root (systemd: «User=root» i hevd-agent.service, ellers «sudo npm start»). Den leser bare, og endrer ingenting.',
    en: 'The collector must read as root. Run the agent as root (systemd: “User=root” in hevd-agent.service, otherwise “sudo npm start”). It only reads and changes nothing.',
  },
}

const otherRight = (right: string): Bilingual => ({
  nb: `Gi kontoen som agenten kjører med, dette: ${right}. Start agenten på nytt etterpå.`,
  en: `Give this to the account that the agent runs as: ${right}. Start the agent again afterwards.`,
})

const remedies = {
  complete: { nb: '', en: '' },
  failed: {
    nb: 'Se feilen over og agentens logg på verten. Agenten prøver igjen ved neste runde; det den så sist, blir stående.',
    en: 'See the error above and the agent’s log on the host. The agent tries again on its next round; what it saw last stays.',
  },
  partial: {
    nb: 'Noe av dette lot seg ikke lese. Rett det som mangler på verten; agenten ser etter igjen ved neste runde.',
    en: 'Some of this could not be read. Mend what is missing on the host; the agent looks again on its next round.',
  },
} satisfies Record<Exclude<Coverage['state'], 'needs-right'>, Bilingual>
