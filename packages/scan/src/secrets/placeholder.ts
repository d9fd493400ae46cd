const filled =
  /^(?:[*x.•#?_-]{1,200}|null|nil|none|true|false|undefined|redacted|masked|hidden|removed|filtered|secret|empty|unset|n\/a)$/i
const template =
  /\$\{|\{\{|<[a-z]|%\(|\$\(|^\$[A-Z_]{2,60}$|^%[a-z]$|%7b|^\[[a-z]{1,40}\]?$|^process\.env|^os\.|^env\[/i
const spoken =
  /(?:your|my|the|insert|replace|change)[-_ ]?(?:api|secret|token|key|password|here|me)|placeholder|dummy|example[-_]?(?:key|token)|x{6}|\*{3}|\.{3}|(.)\1{9}/i

/** Whether a text stands where a secret would be: stars, a template's variable, “your-api-key-here”. */
export function isPlaceholder(text: string): boolean {
  return filled.test(text) || template.test(text) || spoken.test(text)
}

const schemes =
  /^(?:\$(?:2[abxy]?|argon2(?:id|i|d)|scrypt|pbkdf2[a-z0-9-]{0,12}|bcrypt-sha256|[1567y]|gy|7|apr1|sha1|md5|s0|S|P|H)\$|\{(?:SSHA|SHA|CRYPT|PBKDF2|ARGON2|SMD5|MD5|BCRYPT|NOOP)[0-9A-Z-]{0,8}\}|pbkdf2[_:]|scrypt:|argon2\$|bcrypt\$|bcrypt_sha256\$|sha(?:1|256|512)[$:]|SCRAM-SHA-|md5[0-9a-f]{32}$|\*[0-9A-F]{40}$)/i
const digest = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})$/i

/** Whether a text is a password's verifier: crypt(5), PHC strings, LDAP schemes, those of PostgreSQL, MySQL and frameworks. */
export function isVerifier(text: string): boolean {
  return schemes.test(text) || /^[^:\s]{1,64}:\$(?:apr1|2[aby]|5|6|y)\$/.test(text)
}

/** Whether a text is as long as a digest in hexadecimal, which a column of passwords holds instead of passwords. */
export function isDigest(text: string): boolean {
  return digest.test(text)
}
