import type { Bilingual } from '@hevd/core'
import type * as access from './access.ts'
import type * as account from './account.ts'
import type * as backups from './backups.ts'
import type * as data from './data.ts'
import type * as dataScan from './data-scan.ts'
import { dataScanWords } from './data-scan-words.ts'
import type * as host from './host.ts'
import type * as inventory from './inventory.ts'
import type * as keys from './keys.ts'
import type * as network from './network.ts'
import type * as people from './people.ts'
import type * as policy from './policy.ts'
import type * as postgres from './postgres.ts'
import type * as privilege from './privilege.ts'
import type * as residency from './residency.ts'
import { backupsWords } from './words/backups.ts'
import { keysWords } from './words/keys.ts'
import { postgresWords } from './words/postgres.ts'
import { residencyWords } from './words/residency.ts'
import type { WordsOf } from './words/words-of.ts'

export type { FieldWords } from './words/words-of.ts'

type Declared = typeof access &
  typeof account &
  typeof backups &
  typeof data &
  typeof dataScan &
  typeof host &
  typeof inventory &
  typeof keys &
  typeof network &
  typeof people &
  typeof policy &
  typeof postgres &
  typeof privilege &
  typeof residency
type Types = Declared[keyof Declared]
type LookupOf<Type> = Type extends Types ? Exclude<keyof Type, keyof import('@hevd/core').FactType> : never

const hostField = { nb: 'Maskin', en: 'Host' }
const name = { nb: 'Navn', en: 'Name' }

/** What the fields of each type of fact are called, by the type's name. A field without words does not compile. */
export const fieldWords: WordsOf<Types> = {
  ...backupsWords,
  ...dataScanWords,
  ...keysWords,
  ...postgresWords,
  ...residencyWords,
  account: {
    host: hostField,
    name,
    uid: { nb: 'Bruker-ID', en: 'User ID' },
    gid: { nb: 'Gruppe-ID', en: 'Group ID' },
    home: { nb: 'Hjemmemappe', en: 'Home directory' },
    shell: { nb: 'Kommandoskall', en: 'Shell' },
    shellOpens: { nb: 'Skallet lar seg åpne', en: 'The shell opens' },
  },
  'access-grant': {
    id: { nb: 'Referanse', en: 'Reference' },
    holder: { nb: 'Hvem', en: 'Who' },
    access: { nb: 'Tilgang til', en: 'Access to' },
    need: { nb: 'Tjenstlig behov', en: 'Business need' },
    approvedBy: { nb: 'Godkjent av', en: 'Approved by' },
    singleApprover: { nb: 'Godkjent av samme person', en: 'Single approver' },
    from: { nb: 'Fra', en: 'From' },
    until: { nb: 'Til og med', en: 'Until' },
    reviews: { nb: 'Gjennomganger', en: 'Reviews', reads: 'moment' },
    endedAt: { nb: 'Avsluttet', en: 'Ended', reads: 'moment' },
  },
  'file-capability': {
    host: hostField,
    path: { nb: 'Fil', en: 'File' },
    permitted: { nb: 'Rettigheter', en: 'Capabilities' },
    effective: { nb: 'Virker fra start', en: 'Effective from the start' },
    openTo: { nb: 'Kan kjøres av', en: 'Can be run by' },
  },
  'control-socket': {
    host: hostField,
    path: { nb: 'Fil', en: 'File' },
    program: { nb: 'Program', en: 'Program' },
    openTo: { nb: 'Kan skrives til av', en: 'Can be written to by' },
  },
  'password-state': {
    host: hostField,
    account: { nb: 'Konto', en: 'Account' },
    state: { nb: 'Passord', en: 'Password' },
    scheme: { nb: 'Hashmetode', en: 'Hash scheme' },
    accountExpires: { nb: 'Kontoen utløper', en: 'Account expires' },
  },
  group: {
    host: hostField,
    name,
    gid: { nb: 'Gruppe-ID', en: 'Group ID' },
    members: { nb: 'Medlemmer', en: 'Members' },
  },
  'authorized-key': {
    host: hostField,
    account: { nb: 'Konto', en: 'Account' },
    fingerprint: { nb: 'Fingeravtrykk', en: 'Fingerprint' },
    keyType: { nb: 'Nøkkeltype', en: 'Key type' },
    bits: { nb: 'Bit', en: 'Bits' },
    certificateAuthority: { nb: 'Utsteder sertifikater', en: 'Certificate authority' },
    options: { nb: 'Begrensninger', en: 'Options' },
    file: { nb: 'Fil', en: 'File' },
    line: { nb: 'Linje', en: 'Line' },
  },
  'certificate-authority': {
    host: hostField,
    account: { nb: 'Konto', en: 'Account' },
    fingerprint: { nb: 'Fingeravtrykk', en: 'Fingerprint' },
    keyType: { nb: 'Nøkkeltype', en: 'Key type' },
    bits: { nb: 'Bit', en: 'Bits' },
    principals: { nb: 'Navn som sertifikatet må ha ett av', en: 'Names a certificate must bear one of' },
    file: { nb: 'Fil', en: 'File' },
    line: { nb: 'Linje', en: 'Line' },
  },
  'sudo-rule': {
    host: hostField,
    index: { nb: 'Plass i rekkefølgen', en: 'Place in the order' },
    principals: { nb: 'Gjelder', en: 'Applies to' },
    runAs: { nb: 'Kjører som', en: 'Runs as' },
    commands: { nb: 'Kommandoer', en: 'Commands' },
    withoutPassword: { nb: 'Uten passord', en: 'Without a password' },
  },
  host: {
    id: { nb: 'ID', en: 'ID' },
    name,
    role: { nb: 'Rolle', en: 'Role' },
    declaredBy: { nb: 'Oppgitt av', en: 'Declared by' },
  },
  agent: {
    host: hostField,
    version: { nb: 'Versjon', en: 'Version' },
    root: { nb: 'Har rootrettigheter', en: 'Has the rights of root' },
  },
  'operating-system': {
    host: hostField,
    id: { nb: 'Distribusjon', en: 'Distribution' },
    version: { nb: 'Versjon', en: 'Version' },
    name,
    kernel: { nb: 'Kjerne', en: 'Kernel' },
  },
  'pending-reboot': {
    host: hostField,
    pending: { nb: 'Omstart venter', en: 'Reboot pending' },
    because: { nb: 'På grunn av', en: 'Because of' },
    since: { nb: 'Siden', en: 'Since', reads: 'moment' },
  },
  'pending-update': {
    host: hostField,
    package: { nb: 'Pakke', en: 'Package' },
    installed: { nb: 'Installert', en: 'Installed' },
    candidate: { nb: 'Tilgjengelig', en: 'Available' },
    security: { nb: 'Sikkerhetsoppdatering', en: 'Security update' },
    firstSeenAt: { nb: 'Først sett', en: 'First seen', reads: 'moment' },
  },
  'package-source': {
    host: hostField,
    manager: { nb: 'Pakkesystem', en: 'Package manager' },
    refreshedAt: { nb: 'Listene hentet', en: 'Lists fetched', reads: 'moment' },
    hasSecuritySource: {
      nb: 'Har kilde for sikkerhetsoppdateringer',
      en: 'Has a source of security updates',
    },
  },
  volume: {
    host: hostField,
    device: { nb: 'Enhet', en: 'Device' },
    mountPoint: { nb: 'Monteringspunkt', en: 'Mount point' },
    fileSystem: { nb: 'Filsystem', en: 'File system' },
    encryption: { nb: 'Kryptering', en: 'Encryption' },
    disks: { nb: 'Disker under', en: 'Disks beneath' },
  },
  'screen-lock': {
    host: hostField,
    desktop: { nb: 'Skrivebord', en: 'Desktop' },
    account: { nb: 'Konto', en: 'Account' },
    locks: { nb: 'Skjermen låses', en: 'The screen locks' },
    after: { nb: 'Etter sekunder', en: 'After seconds' },
  },
  'imported-list': {
    of: { nb: 'Liste over', en: 'List of' },
    source: { nb: 'Kilde', en: 'Source' },
    importedAt: { nb: 'Hentet', en: 'Imported', reads: 'moment' },
    entries: { nb: 'Linjer', en: 'Entries' },
  },
  'listed-host': {
    source: { nb: 'Kilde', en: 'Source' },
    id: { nb: 'ID i listen', en: 'ID in the list' },
    name,
    otherNames: { nb: 'Andre navn', en: 'Other names' },
    kind: { nb: 'Slag', en: 'Kind' },
  },
  'provider-volume': {
    source: { nb: 'Kilde', en: 'Source' },
    id: { nb: 'ID hos leverandøren', en: 'Provider’s ID' },
    name,
    serials: { nb: 'Serienumre', en: 'Serial numbers' },
    encrypted: { nb: 'Kryptert', en: 'Encrypted' },
  },
  'managed-device': {
    source: { nb: 'Kilde', en: 'Source' },
    id: { nb: 'ID i enhetsstyringen', en: 'ID in device management' },
    name,
    serial: { nb: 'Serienummer', en: 'Serial number' },
    user: { nb: 'Bruker', en: 'User' },
    os: { nb: 'Operativsystem', en: 'Operating system' },
    encrypted: { nb: 'Disken er kryptert', en: 'The disk is encrypted' },
    locks: { nb: 'Låses med kode', en: 'Locks with a code' },
    compliant: { nb: 'Følger reglene i enhetsstyringen', en: 'Complies with device management' },
    lastCheckIn: { nb: 'Meldte seg sist', en: 'Last checked in', reads: 'moment' },
  },
  'listening-socket': {
    host: hostField,
    transport: { nb: 'Transportprotokoll', en: 'Transport' },
    address: { nb: 'Adresse', en: 'Address' },
    port: { nb: 'Port', en: 'Port' },
    reach: { nb: 'Nås fra', en: 'Reached from' },
    program: { nb: 'Program', en: 'Program' },
    account: { nb: 'Kjører som', en: 'Runs as' },
    speaks: { nb: 'Snakker', en: 'Speaks' },
  },
  'remote-path': {
    host: hostField,
    kind: { nb: 'Slag', en: 'Kind' },
    name,
    evidence: { nb: 'Sett som', en: 'Seen as' },
  },
  'sshd-setting': {
    host: hostField,
    configuration: { nb: 'Konfigurasjonsfil', en: 'Configuration file' },
    running: { nb: 'Kjører', en: 'Running' },
    account: { nb: 'Gjelder konto', en: 'For the account' },
    permitRootLogin: { nb: 'Innlogging som root', en: 'Log-in as root' },
    passwordAuthentication: { nb: 'Innlogging med passord', en: 'Password authentication' },
    kbdInteractiveAuthentication: {
      nb: 'Interaktiv innlogging med tastatur',
      en: 'Keyboard-interactive authentication',
    },
    pubkeyAuthentication: { nb: 'Innlogging med nøkkel', en: 'Public-key authentication' },
    hostbasedAuthentication: { nb: 'Tillit til andre maskiner', en: 'Host-based authentication' },
    gssapiAuthentication: { nb: 'Innlogging med GSSAPI', en: 'GSSAPI authentication' },
    permitEmptyPasswords: { nb: 'Tomme passord godtas', en: 'Empty passwords permitted' },
    usePam: { nb: 'Bruker PAM', en: 'Uses PAM' },
    authenticationMethods: { nb: 'Krevde innloggingsmåter', en: 'Required authentication methods' },
    ciphers: { nb: 'Chiffre', en: 'Ciphers' },
    macs: { nb: 'Meldingsautentisering (MAC)', en: 'Message authentication codes' },
    keyExchanges: { nb: 'Nøkkelutveksling', en: 'Key exchanges' },
    hostKeyAlgorithms: { nb: 'Algoritmer for vertsnøkler', en: 'Host key algorithms' },
    allowTcpForwarding: { nb: 'Videresending av TCP', en: 'TCP forwarding' },
    authorizedKeysFiles: { nb: 'Filer med godkjente nøkler', en: 'Authorized keys files' },
    trustedUserCaKeys: { nb: 'Betrodde utstedere av brukersertifikater', en: 'Trusted user CA keys' },
  },
  'inbound-policy': {
    host: hostField,
    interface: { nb: 'Nettverksgrensesnitt', en: 'Interface' },
    family: { nb: 'IP-versjon', en: 'IP version' },
    tcp: { nb: 'TCP-porter som slippes inn', en: 'TCP ports let in' },
    udp: { nb: 'UDP-porter som slippes inn', en: 'UDP ports let in' },
    mayTcp: { nb: 'TCP-porter som kan slippe inn', en: 'TCP ports that may be let in' },
    mayUdp: { nb: 'UDP-porter som kan slippe inn', en: 'UDP ports that may be let in' },
    unmodelled: { nb: 'Regler som ikke er forstått', en: 'Rules not modelled' },
    defaultAccept: { nb: 'Slipper inn det ingen regel nevner', en: 'Lets in what no rule speaks of' },
  },
  'rule-set': {
    host: hostField,
    source: { nb: 'Kilde', en: 'Source' },
    digest: { nb: 'Hash', en: 'Digest' },
    tables: { nb: 'Tabeller', en: 'Tables' },
    rules: { nb: 'Regler', en: 'Rules' },
  },
  'tls-endpoint': {
    id: { nb: 'Endepunkt', en: 'End point' },
    answered: { nb: 'Svarte', en: 'Answered' },
    versions: { nb: 'Versjoner som godtas', en: 'Versions agreed to' },
    refusedVersions: { nb: 'Versjoner som avvises', en: 'Versions refused' },
    weakCiphers: { nb: 'Svake chiffre', en: 'Weak ciphers' },
    chain: { nb: 'Sertifikatkjede', en: 'Certificate chain' },
    subject: { nb: 'Utstedt til', en: 'Subject' },
    issuer: { nb: 'Utstedt av', en: 'Issuer' },
    notBefore: { nb: 'Gyldig fra', en: 'Valid from', reads: 'moment' },
    notAfter: { nb: 'Gyldig til', en: 'Valid until', reads: 'moment' },
    hstsSeconds: { nb: 'HSTS, sekunder', en: 'HSTS, seconds' },
    speaksHttp: { nb: 'Snakker HTTP', en: 'Speaks HTTP' },
    plainHttp: { nb: 'Ukryptert HTTP', en: 'Plain HTTP' },
  },
  person: {
    id: { nb: 'Nummer', en: 'Number' },
    name,
    kind: { nb: 'Tilknytning', en: 'Kind' },
    sponsor: { nb: 'Ansvarlig', en: 'Sponsor' },
    startsOn: { nb: 'Første dag', en: 'First day' },
    endsOn: { nb: 'Siste dag', en: 'Last day' },
    voluntary: { nb: 'Slutter etter eget ønske', en: 'Leaves by their own wish' },
  },
  'named-service': {
    id: { nb: 'Kortnavn', en: 'Short name' },
    name,
    owner: { nb: 'Ansvarlig', en: 'Owner' },
  },
  'data-set': {
    id: { nb: 'Kortnavn', en: 'Short name' },
    name,
    class: { nb: 'Klasse', en: 'Class' },
    place: { nb: 'Sted', en: 'Place' },
    owner: { nb: 'Eier', en: 'Owner' },
    encryptedAtRest: { nb: 'Kryptert lagret', en: 'Encrypted at rest' },
    encryptedInTransit: { nb: 'Kryptert under overføring', en: 'Encrypted in transit' },
    accessRestricted: { nb: 'Begrenset tilgang', en: 'Access restricted' },
    backedUp: { nb: 'Sikkerhetskopiert', en: 'Backed up' },
    retentionDays: { nb: 'Lagringstid, dager', en: 'Retention, days' },
    enteredAt: { nb: 'Ført opp', en: 'Entered', reads: 'moment' },
    reviews: { nb: 'Gjennomganger', en: 'Reviews', reads: 'moment' },
  },
  'account-owner': {
    account: { nb: 'Konto', en: 'Account' },
    owner: { nb: 'Eier', en: 'Owner' },
    saidBy: { nb: 'Oppgitt av', en: 'Declared by' },
  },
  'approved-text': {
    control: { nb: 'Kontroll', en: 'Control' },
    digest: { nb: 'Hash', en: 'Digest' },
    locales: { nb: 'Språk', en: 'Languages' },
    approvedAt: { nb: 'Godkjent', en: 'Approved', reads: 'moment' },
    reviewedAt: { nb: 'Gjennomgått', en: 'Reviewed', reads: 'moment' },
    earlierReviews: { nb: 'Tidligere gjennomganger', en: 'Earlier reviews', reads: 'moment' },
  },
  'published-text': {
    control: { nb: 'Kontroll', en: 'Control' },
    locale: { nb: 'Språk', en: 'Language' },
    digest: { nb: 'Hash', en: 'Digest' },
  },
}

/** What each look-up goes by, as it reads after “where”. */
export const lookupWords: { readonly [By in LookupOf<Types>]: Bilingual } = {
  byEndpoint: { nb: 'endepunktet', en: 'the end point' },
  byKey: { nb: 'nøkkelen', en: 'the key' },
  called: { nb: 'navnet', en: 'the name' },
  named: { nb: 'navnet', en: 'the name' },
  fromSource: { nb: 'kilden', en: 'the source' },
  ofAccount: { nb: 'kontoen', en: 'the account' },
  ofDataSet: { nb: 'datasettet', en: 'the data set' },
  ofCustomer: { nb: 'kunden', en: 'the customer' },
  ofControl: { nb: 'kontrollen', en: 'the control' },
  ofHolder: { nb: 'den som har tilgangen', en: 'the holder' },
  ofHost: { nb: 'maskinen', en: 'the host' },
  readableBy: { nb: 'hvem som kan lese', en: 'who can read it' },
  ofKind: { nb: 'slaget', en: 'the kind' },
  ofOwner: { nb: 'eieren', en: 'the owner' },
  ofPlan: { nb: 'planen', en: 'the plan' },
  ofRecipient: { nb: 'mottakeren', en: 'the recipient' },
  ofPlace: { nb: 'stedet', en: 'the place' },
  ofServer: { nb: 'tjeneren', en: 'the server' },
  ofSystem: { nb: 'systemidentifikatoren', en: 'the system identifier' },
  ofSubprocessor: { nb: 'leverandøren', en: 'the provider' },
  onHost: { nb: 'maskinen', en: 'the host' },
  inRegister: { nb: 'registeret', en: 'the register' },
  inStore: { nb: 'datalageret', en: 'the data store' },
  reaching: { nb: 'kunden den når', en: 'the customer it reaches' },
  ownedBy: { nb: 'den ansvarlige', en: 'the owner' },
  sponsoredBy: { nb: 'den ansvarlige', en: 'the sponsor' },
  withFingerprint: { nb: 'fingeravtrykket', en: 'the fingerprint' },
  withMember: { nb: 'et medlem', en: 'a member' },
  withRole: { nb: 'rollen', en: 'the role' },
  withSerial: { nb: 'serienummeret', en: 'the serial number' },
  withUid: { nb: 'bruker-ID-en', en: 'the user ID' },
}
