import type { Detector } from '../detector.ts'
import { isPlaceholder } from './placeholder.ts'

const userinfo = /:\/\/([^\s:@/"'<>]{0,100}):([^\s@/"'<>]{1,200})@[A-Za-z0-9.[\]:_%-]{1,255}/g
const scheme = /[a-z][a-z0-9+.-]{1,30}$/i
const web = /^(?:https?|ftps?|wss?|git|svn)$/i

const looking =
  (isOurs: (name: string) => boolean): Detector['look'] =>
  (text, _lower, _context, seen) => {
    for (const { 0: match, 2: password = '', index } of text.matchAll(userinfo)) {
      const name = scheme.exec(text.slice(Math.max(0, index - 30), index))?.[0] ?? ''
      if (name === '' || !isOurs(name) || isPlaceholder(decoded(password))) continue
      seen.found(index - name.length, index + match.length, 'high')
    }
  }

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** `postgresql://app:…@db/`: a URL with a password in it, for anything but the web. */
export const connectionUrl: Detector = {
  id: 'connection-url',
  kind: 'secret',
  title: { nb: 'Tilkoblingsstreng med passord', en: 'Connection URL with a password' },
  because: 'a URL with user and password before the host (RFC 3986, 3.2.1)',
  when: { text: ['://'] },
  patterns: [userinfo, scheme],
  look: looking((name) => !web.test(name)),
}

export const urlPassword: Detector = {
  id: 'url-password',
  kind: 'secret',
  title: { nb: 'Nettadresse med passord', en: 'Web address with a password' },
  because: 'a web address with user and password before the host',
  when: { text: ['://'] },
  patterns: [userinfo, scheme],
  look: looking((name) => web.test(name)),
}

const pair = /(?<![A-Za-z0-9])(?:password|pwd)\s{0,2}=\s{0,2}([^;"'\s]{1,200})/gi
const server = /(?<![a-z0-9])(?:server|data source|host|addr|address|network address)\s{0,2}=/

/** ADO.NET, ODBC, JDBC and libpq: pairs, of which one names the server and one the password. */
export const connectionString: Detector = {
  id: 'connection-string',
  kind: 'secret',
  title: { nb: 'Tilkoblingsstreng med passord', en: 'Connection string with a password' },
  because: 'pairs that name a server and a password',
  when: { text: ['password', 'pwd'] },
  patterns: [pair, server],
  look(text, lower, _context, seen) {
    if (!server.test(lower)) return
    for (const { 0: match, 1: password = '', index } of text.matchAll(pair))
      if (!isPlaceholder(password)) seen.found(index, index + match.length, 'high')
  },
}

const azure = /(?:AccountKey|SharedAccessKey)=([A-Za-z0-9+/]{42,86}={1,2})/g

export const azureKey: Detector = {
  id: 'azure-key',
  kind: 'secret',
  title: { nb: 'Azure-nøkkel', en: 'Azure key' },
  because: 'AccountKey or SharedAccessKey with the base64 of 32 or 64 bytes',
  when: { text: ['accountkey=', 'sharedaccesskey='] },
  patterns: [azure],
  look(text, _lower, _context, seen) {
    for (const { 0: match, index } of text.matchAll(azure)) seen.found(index, index + match.length, 'high')
  },
}
