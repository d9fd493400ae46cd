import { z } from 'zod'
import { facts } from './fact-type.ts'

const id = z.string().min(1)

/** A socket that accepts what comes from the network, and what speaks behind it. */
export const listeningSockets = facts('listening-socket', {
  value: z.object({
    host: id,
    transport: z.enum(['tcp', 'udp']),
    /** Local address as bound; `0.0.0.0` and `::` are every address. */
    address: z.string(),
    port: z.int(),
    /** Reached from this host alone, through a named interface's link only, or from any network. */
    reach: z.enum(['loopback', 'link', 'network']),
    /** Program that owns it; null when it may not be seen. */
    program: z.string().nullable(),
    /** Account that owns it; null when it may not be seen. */
    account: z.string().nullable(),
    /**
     * Protocol heard when it was spoken to (`-tls`: it offers TLS; `http-redirect`: plain HTTP that only sends on
     * to HTTPS), `unidentified` when it answered nothing we know, null when it
     * was not spoken to (UDP, or probing is off).
     */
    speaks: z
      .enum([
        'ssh',
        'tls',
        'http',
        'http-redirect',
        'telnet',
        'ftp',
        'ftp-tls',
        'smtp',
        'smtp-tls',
        'imap',
        'imap-tls',
        'pop3',
        'pop3-tls',
        'postgresql',
        'postgresql-tls',
        'mysql',
        'mysql-tls',
        'redis',
        'memcached',
        'nats',
        'nats-tls',
        'amqp',
        'mqtt',
        'vnc',
        'rdp-tls',
        'rsh',
        'dns',
        'unidentified',
      ])
      .nullable(),
  }),
  key: (socket) => `${socket.host}/${socket.transport}/${socket.address}:${socket.port}`,
  label: (socket) => `${socket.address}:${socket.port}/${socket.transport}`,
  scope: 'ofHost',
  lookups: { ofHost: (socket) => socket.host },
})

/** A way into the host that is not sshd's: a VPN, a tunnel or a remote-desktop program that runs here. */
export const remotePaths = facts('remote-path', {
  value: z.object({
    host: id,
    kind: z.enum(['vpn', 'tunnel', 'remote-desktop']),
    /** Name of the product, in small letters: `wireguard`, `openvpn`, `cloudflared`, `anydesk`. */
    name: z.string(),
    evidence: z.enum(['process', 'interface']),
  }),
  key: (path) => `${path.host}/${path.name}`,
  label: (path) => path.name,
  scope: 'ofHost',
  lookups: { ofHost: (path) => path.host },
})

/** What sshd would do, by `sshd -T`, for everybody or for one account from one kind of address. */
export const sshdSettings = facts('sshd-setting', {
  value: z.object({
    host: id,
    /** Configuration file the running or installed server reads. */
    configuration: z.string(),
    /** Whether a server with this configuration runs. */
    running: z.boolean(),
    /** Account the settings are for (a Match block changes them); null for all others. */
    account: z.string().nullable(),
    permitRootLogin: z.string(),
    passwordAuthentication: z.boolean(),
    kbdInteractiveAuthentication: z.boolean(),
    pubkeyAuthentication: z.boolean(),
    hostbasedAuthentication: z.boolean(),
    gssapiAuthentication: z.boolean(),
    permitEmptyPasswords: z.boolean(),
    usePam: z.boolean(),
    /** Comma lists of `AuthenticationMethods`; `any` when not set. */
    authenticationMethods: z.array(z.string()),
    ciphers: z.array(z.string()),
    macs: z.array(z.string()),
    keyExchanges: z.array(z.string()),
    hostKeyAlgorithms: z.array(z.string()),
    /** Kinds of forwarding that open a path through the host. */
    allowTcpForwarding: z.string(),
    authorizedKeysFiles: z.array(z.string()),
    trustedUserCaKeys: z.string().nullable(),
  }),
  key: (setting) => `${setting.host}/${setting.configuration}/${setting.account ?? '*'}`,
  scope: 'ofHost',
  lookups: {
    ofHost: (setting) => setting.host,
    ofAccount: (setting) => (setting.account === null ? null : `${setting.host}/${setting.account}`),
  },
  beneath: ['ofAccount'],
})

/** What the host's packet filter does, as a whole, to a new packet from outside that enters by one interface. */
export const inboundPolicies = facts('inbound-policy', {
  value: z.object({
    host: id,
    interface: z.string(),
    family: z.enum(['ipv4', 'ipv6']),
    /** Ranges of TCP ports let in for some outside address, as `[first, last]`. */
    tcp: z.array(z.tuple([z.int(), z.int()])),
    udp: z.array(z.tuple([z.int(), z.int()])),
    /** Ranges that may be let in, where a rule uses a match that is not modelled; named in `unmodelled`. */
    mayTcp: z.array(z.tuple([z.int(), z.int()])),
    mayUdp: z.array(z.tuple([z.int(), z.int()])),
    unmodelled: z.array(z.string()),
    /** Whether a packet that no rule speaks of is let in; null when a match that is not modelled decides. */
    defaultAccept: z.boolean().nullable(),
  }),
  key: (policy) => `${policy.host}/${policy.interface}/${policy.family}`,
  scope: 'ofHost',
  lookups: { ofHost: (policy) => policy.host },
})

/** A rule set that is loaded in the kernel, as a digest; its change is what a change case must explain. */
export const ruleSets = facts('rule-set', {
  value: z.object({
    host: id,
    source: z.enum(['nftables', 'iptables-legacy', 'ip6tables-legacy']),
    digest: z.string(),
    tables: z.int(),
    rules: z.int(),
  }),
  key: (set) => `${set.host}/${set.source}`,
  scope: 'ofHost',
  lookups: { ofHost: (set) => set.host },
})

/** A public TLS end point as a client meets it. */
export const tlsEndpoints = facts('tls-endpoint', {
  value: z.object({
    /** `host:port`, as configured. */
    id,
    answered: z.boolean(),
    /** Versions the server agreed to, such as `TLSv1.3`, and those it was asked for and refused. */
    versions: z.array(z.string()),
    refusedVersions: z.array(z.string()),
    weakCiphers: z.array(z.string()),
    /** Result of verifying the chain and the name: `ok`, or OpenSSL's code. */
    chain: z.string(),
    subject: z.string(),
    issuer: z.string(),
    /** Validity of the leaf certificate, in milliseconds. */
    notBefore: z.number(),
    notAfter: z.number(),
    /** `max-age` of Strict-Transport-Security in seconds; null when the header is not sent or it is not HTTP. */
    hstsSeconds: z.number().nullable(),
    speaksHttp: z.boolean(),
    /** What the same name answers on plain HTTP, port 80. */
    plainHttp: z.enum(['closed', 'redirects', 'serves', 'not-asked']),
  }),
  key: (endpoint) => endpoint.id,
  scope: 'byEndpoint',
  lookups: { byEndpoint: (endpoint) => endpoint.id },
})
