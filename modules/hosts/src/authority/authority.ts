import 'reflect-metadata'
import { createHash, createPublicKey, type KeyObject, randomBytes, webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'

/** Who the agents' listener says it is in TLS, whatever address it is reached by; `.internal` is nobody's on the net. */
export const agentsServerName = 'agents.hevd.internal'

/** A certificate that was issued. `serial` in hex, `fingerprint` is SHA-256 of its DER. */
export type Issued = {
  readonly serial: string
  readonly fingerprint: Buffer
  readonly pem: string
  readonly notAfter: number
}

/** The organisation's own authority for agents (RFC 5280): ECDSA P-256 with SHA-256, random serial numbers of 128 bits. */
export type Authority = {
  /** SHA-256 of its public key (SubjectPublicKeyInfo), by which a join token pins it. */
  readonly keyHash: Buffer
  readonly pem: string
  /** For an agent: the URI names organisation and host. `publicKey` is SubjectPublicKeyInfo in DER. */
  issueClient(given: {
    readonly publicKey: Buffer
    readonly organisation: string
    readonly host: string
    readonly from: number
    readonly until: number
  }): Promise<Issued>
  /** For the agents' listener; its key is made here, lives in memory alone, and is new with every certificate. */
  issueServer(given: {
    readonly from: number
    readonly until: number
  }): Promise<{ readonly key: string; readonly cert: string }>
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const year = 365 * 86_400_000
const life = 20 * year
/** Hosts' clocks differ. */
const earlier = 86_400_000

x509.cryptoProvider.set(webcrypto)

/** The authority of a private key. Its own certificate is made anew from the key, so that it never runs out. */
export async function authorityOf(key: KeyObject, organisation: string, now: number): Promise<Authority> {
  const signingKey = key.toCryptoKey(algorithm, false, ['sign'])
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' })
  const publicKey = await imported(spki)
  const name = `CN=Hevd agents ${organisation}`
  const own = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: name,
    issuer: name,
    notBefore: new Date(now - earlier),
    notAfter: new Date(now + life),
    publicKey,
    signingKey,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      await x509.SubjectKeyIdentifierExtension.create(publicKey),
    ],
  })
  const authorityKey = await x509.AuthorityKeyIdentifierExtension.create(publicKey)
  const leaf = async (given: {
    readonly subject: string
    readonly publicKey: webcrypto.CryptoKey
    readonly usage: x509.ExtendedKeyUsage
    readonly names: x509.JsonGeneralNames
    readonly from: number
    readonly until: number
  }) => {
    const made = await x509.X509CertificateGenerator.create({
      serialNumber: serialNumber(),
      subject: given.subject,
      issuer: name,
      notBefore: new Date(given.from - earlier),
      notAfter: new Date(given.until),
      publicKey: given.publicKey,
      signingKey,
      signingAlgorithm: algorithm,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([given.usage]),
        new x509.SubjectAlternativeNameExtension(given.names),
        authorityKey,
      ],
    })
    return made
  }
  return {
    keyHash: createHash('sha256').update(spki).digest(),
    pem: own.toString('pem'),
    async issueClient({ publicKey: client, organisation: of, host, from, until }) {
      const made = await leaf({
        subject: 'CN=Hevd agent',
        publicKey: await imported(client),
        usage: x509.ExtendedKeyUsage.clientAuth,
        names: [{ type: 'url', value: `hevd://${of}/hosts/${host}` }],
        from,
        until,
      })
      return {
        serial: made.serialNumber,
        fingerprint: createHash('sha256').update(new Uint8Array(made.rawData)).digest(),
        pem: made.toString('pem'),
        notAfter: made.notAfter.getTime(),
      }
    },
    async issueServer({ from, until }) {
      const pair = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
      const made = await leaf({
        subject: `CN=${agentsServerName}`,
        publicKey: pair.publicKey,
        usage: x509.ExtendedKeyUsage.serverAuth,
        names: [{ type: 'dns', value: agentsServerName }],
        from,
        until,
      })
      const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', pair.privateKey)
      return {
        key: x509.PemConverter.encode(pkcs8, 'PRIVATE KEY'),
        // The authority goes along, so that a joining agent can hold it against its token.
        cert: `${made.toString('pem')}\n${own.toString('pem')}\n`,
      }
    },
  }
}

function imported(spki: Buffer): Promise<webcrypto.CryptoKey> {
  return webcrypto.subtle.importKey('spki', new Uint8Array(spki), algorithm, true, ['verify'])
}

/** 127 random bits after a bit that makes it positive and of one length (RFC 5280, 4.1.2.2). */
function serialNumber(): string {
  const bytes = randomBytes(16)
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40
  return bytes.toString('hex')
}
