import type { Conversation } from './conversation.ts'
import type { Speaks } from './heard.ts'

/** What a server that speaks first turns out to be; null when what it said is of no protocol we know. */
export async function understandGreeting(greeting: Buffer, talk: Conversation): Promise<Speaks | null> {
  const text = greeting.toString('latin1')
  if (/(^|\n)SSH-\d/.test(text)) return 'ssh'
  if (isTelnet(greeting) || /(^|[\r\n])[^\r\n]{0,80}login: ?$/i.test(text)) return 'telnet'
  if (/^RFB \d{3}\.\d{3}\n/.test(text)) return 'vnc'
  if (/^220[ -]/.test(text)) return ftpOrSmtp(greeting, talk)
  if (/^\* (OK|PREAUTH|BYE)\b/i.test(text)) return imap(text, talk)
  if (/^\+OK\b/.test(text)) return pop3(talk)
  if (/^-DENIED Redis\b/.test(text)) return 'redis'
  if (/^INFO \{/.test(text)) return nats(text)
  return mysql(greeting)
}

/** RFC 854: IAC followed by WILL, WON'T, DO or DON'T. */
function isTelnet(greeting: Buffer): boolean {
  const [iac, verb = 0] = greeting
  return iac === 0xff && verb >= 0xfb && verb <= 0xfe
}

const patience = 3000
/** A server may hold back the last line of its greeting, to catch those who do not wait for it. */
const longGreeting = 8000
const line = (heard: Buffer) => /\n$/.test(heard.toString('latin1'))
/** The last line of a reply of RFC 5321 or RFC 959: its code is followed by a space. */
const wholeReply = (heard: Buffer) => /(^|\n)\d{3} [^\n]*\n$/.test(heard.toString('latin1'))

/** A reply to one command; empty where none came in time. */
async function reply(talk: Conversation, command: string): Promise<string> {
  talk.say(`${command}\r\n`)
  return (await talk.hear(patience, wholeReply)).toString('latin1')
}

/** A server that refuses our name (RFC 5321 4.1.4) has not said whether it offers TLS. */
async function ftpOrSmtp(greeting: Buffer, talk: Conversation): Promise<Speaks | null> {
  const rest = wholeReply(greeting) ? '' : (await talk.hear(longGreeting, wholeReply)).toString('latin1')
  const greeted = greeting.toString('latin1') + rest
  if (/ftp/i.test(greeted)) return ftp(talk, true)
  const answer = await reply(talk, 'EHLO hevd.invalid')
  if (/^250[ -]/.test(answer)) return /^250[ -]STARTTLS\b/im.test(answer) ? 'smtp-tls' : 'smtp'
  if (/smtp/i.test(greeted)) return /^50[02][ -]/.test(answer) ? 'smtp' : null
  return ftp(talk, /^530[ -].*\b(USER|PASS|log ?in)\b/i.test(answer))
}

/**
 * RFC 4217: 234 offers TLS, a refusal means that there is none. Nobody logs in. Where nothing yet told that it is FTP,
 * the features of RFC 2389 have to.
 */
async function ftp(talk: Conversation, told: boolean): Promise<Speaks | null> {
  const answer = await reply(talk, 'AUTH TLS')
  if (/^[23]34[ -]/.test(answer)) return 'ftp-tls'
  if (!/^5\d\d[ -]/.test(answer)) return null
  return told || /^211[ -]/.test(await reply(talk, 'FEAT')) ? 'ftp' : null
}

async function imap(greeting: string, talk: Conversation): Promise<Speaks | null> {
  let capabilities = greeting
  if (!/CAPABILITY/i.test(greeting)) {
    talk.say('a CAPABILITY\r\n')
    const whole = (heard: Buffer) => /(^|\n)a (OK|NO|BAD)[^\n]*\n/i.test(heard.toString('latin1'))
    capabilities = (await talk.hear(patience, whole)).toString('latin1')
  }
  if (!/CAPABILITY/i.test(capabilities)) return null
  return /\bSTARTTLS\b/i.test(capabilities) ? 'imap-tls' : 'imap'
}

async function pop3(talk: Conversation): Promise<Speaks | null> {
  talk.say('CAPA\r\n')
  const whole = (heard: Buffer) =>
    /(^|\n)\.\r?\n$/.test(heard.toString('latin1')) || (line(heard) && heard[0] === 0x2d)
  const answer = (await talk.hear(patience, whole)).toString('latin1')
  if (!/^(\+OK|-ERR)\b/.test(answer)) return null
  return /^STLS\b/im.test(answer) ? 'pop3-tls' : 'pop3'
}

/** What a NATS server tells of itself first; one that only offers TLS lets clients in without it. */
function nats(greeting: string): Speaks | null {
  if (!/"server_id":/.test(greeting)) return null
  return /"tls_required": ?true/.test(greeting) ? 'nats-tls' : 'nats'
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
