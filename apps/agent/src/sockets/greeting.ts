import type { Conversation } from './conversation.ts'
import type { Speaks } from './heard.ts'

/** What a server that speaks first turns out to be; null when what it said is of no protocol we know. */
export async function understandGreeting(greeting: Buffer, talk: Conversation): Promise<Speaks | null> {
  const text = greeting.toString('latin1')
  if (/(^|\n)SSH-\d/.test(text)) return 'ssh'
  if (isTelnet(greeting) || /(^|[\r\n])[^\r\n]{0,80}login: ?$/i.test(text)) return 'telnet'
  if (/^RFB \d{3}\.\d{3}\n/.test(text)) return 'vnc'
  if (/^220[ -]/.test(text)) return ftpOrSmtp(text, talk)
  if (/^\* (OK|PREAUTH|BYE)\b/i.test(text)) return imap(text, talk)
  if (/^\+OK\b/.test(text)) return pop3(talk)
  return mysql(greeting)
}

/** RFC 854: IAC followed by WILL, WON'T, DO or DON'T. */
function isTelnet(greeting: Buffer): boolean {
  const [iac, verb = 0] = greeting
  return iac === 0xff && verb >= 0xfb && verb <= 0xfe
}

const patience = 3000
const line = (heard: Buffer) => /\n$/.test(heard.toString('latin1'))
/** The last line of a reply of RFC 5321 or RFC 959: its code is followed by a space. */
const wholeReply = (heard: Buffer) => /(^|\n)\d{3} [^\n]*\n$/.test(heard.toString('latin1'))

async function ftpOrSmtp(greeting: string, talk: Conversation): Promise<Speaks> {
  if (/ftp/i.test(greeting)) return ftp(talk)
  talk.say('EHLO hevd.invalid\r\n')
  const answer = (await talk.hear(patience, wholeReply)).toString('latin1')
  if (/^250[ -]/.test(answer)) return /^250[ -]STARTTLS\b/im.test(answer) ? 'smtp-tls' : 'smtp'
  return /smtp/i.test(greeting) ? 'smtp' : ftp(talk)
}

/** RFC 4217: 234 offers TLS. Nobody logs in. */
async function ftp(talk: Conversation): Promise<Speaks> {
  talk.say('AUTH TLS\r\n')
  const answer = (await talk.hear(patience, wholeReply)).toString('latin1')
  return /^[23]34[ -]/.test(answer) ? 'ftp-tls' : 'ftp'
}

async function imap(greeting: string, talk: Conversation): Promise<Speaks> {
  let capabilities = greeting
  if (!/CAPABILITY/i.test(greeting)) {
    talk.say('a CAPABILITY\r\n')
    const whole = (heard: Buffer) => /(^|\n)a (OK|NO|BAD)[^\n]*\n/i.test(heard.toString('latin1'))
    capabilities = (await talk.hear(patience, whole)).toString('latin1')
  }
  return /\bSTARTTLS\b/i.test(capabilities) ? 'imap-tls' : 'imap'
}

async function pop3(talk: Conversation): Promise<Speaks> {
  talk.say('CAPA\r\n')
  const whole = (heard: Buffer) =>
    /(^|\n)\.\r?\n$/.test(heard.toString('latin1')) || (line(heard) && heard[0] === 0x2d)
  const answer = (await talk.hear(patience, whole)).toString('latin1')
  return /^STLS\b/im.test(answer) ? 'pop3-tls' : 'pop3'
}

/** The `Protocol::HandshakeV10` packet; bit 11 of the capabilities is CLIENT_SSL. An error packet tells no protocol. */
function mysql(greeting: Buffer): Speaks | null {
  if (greeting.length < 5 || greeting[3] !== 0 || greeting[4] !== 10) return null
  const length = greeting.readUIntLE(0, 3)
  const endOfVersion = greeting.indexOf(0, 5)
  const capabilities = endOfVersion + 14
  if (endOfVersion < 0 || greeting.length < length + 4 || capabilities + 2 > greeting.length) return null
  return (greeting.readUInt16LE(capabilities) & 0x0800) === 0 ? 'mysql' : 'mysql-tls'
}
