import type { Detector } from './detector.ts'

const address = /(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{3,253}(?![A-Za-z0-9@])/g

/** Ends of file names that look like the end of a domain. */
const files = /\.(?:png|jpe?g|gif|svg|webp|ico|css|js|ts|json|html?|map|txt|md|woff2?)$/i

/** A mailbox (RFC 5321), as people write them: no quoted local parts, no addresses of hosts. */
export const emailAddress: Detector = {
  id: 'email',
  kind: 'email',
  title: { nb: 'E-postadresse', en: 'E-mail address' },
  because: 'a local part, an at sign and a domain of two or more names',
  when: { text: ['@'] },
  patterns: [address],
  look(text, _lower, _context, seen) {
    for (const { 0: match, index } of text.matchAll(address)) {
      const domain = match.slice(match.indexOf('@') + 1).replace(/[.-]{1,9}$/, '')
      const names = domain.split('.')
      const [last = ''] = names.slice(-1)
      if (names.length < 2 || names.some((name) => name === '' || name.length > 63)) continue
      if (!/^[a-z]{2,24}$/i.test(last) || files.test(domain)) continue
      const end = index + match.indexOf('@') + 1 + domain.length
      const isRemote =
        text[end] === ':' && /[\w./~]/.test(text[end + 1] ?? '') && !/\d/.test(text[end + 1] ?? '')
      const isInUrl = text[index - 1] === ':' || text.slice(Math.max(0, index - 3), index) === '://'
      if (!isRemote && !isInUrl) seen.found(index, end, 'high')
    }
  },
}
