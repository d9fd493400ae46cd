import { converse } from '../sockets/conversation.ts'
import { requestTo } from './meet.ts'

export type PlainHttp = 'closed' | 'redirects' | 'serves'

/** What a name answers on plain HTTP. Whatever is not a redirection to HTTPS is an answer that anybody can read. */
export async function plainHttpOf(host: string, port: number): Promise<PlainHttp> {
  const answer = await converse({ address: host, port }, async (talk) => {
    talk.say(requestTo({ host, port }))
    return talk.hear(5000, (heard) => heard.includes('\r\n\r\n'))
  })
  const text = answer?.toString('latin1') ?? ''
  if (text === '') return 'closed'
  const head = text.split('\r\n\r\n')[0] ?? ''
  return /^HTTP\/\d\.\d 30[12378]/.test(head) && /^location:[ \t]*https:\/\//im.test(head)
    ? 'redirects'
    : 'serves'
}
