import type { Bilingual } from '@hevd/core'

/** What a collector reads and what it sends of that, for whoever owns the host; the README's table is the engineer's. */
export type CollectorDescription = {
  readonly reads: Bilingual
  readonly sends: Bilingual
  /** The right that shows it all. */
  readonly right: Bilingual
}

const anybody: Bilingual = { nb: 'ingen særskilt rett', en: 'no particular right' }
const root: Bilingual = { nb: 'root', en: 'root' }
const rootForOthers: Bilingual = {
  nb: 'root, for andre brukeres mapper og prosesser',
  en: 'root, for the folders and processes of others',
}

/** By the collector's name; a test holds it against the list of collectors. */
export const collectorDescriptions: { readonly [collector: string]: CollectorDescription } = {
  backups: {
    reads: {
      nb: 'backups.json, det som er kjørt, og arkivene planene peker på',
      en: 'backups.json, what was run, and the repositories that plans name',
    },
    sends: {
      nb: 'planer, sikkerhetskopier med størrelse, tid, mottakere og feil, og øvelser; aldri innhold eller passord',
      en: 'plans, backups with size, time, recipients and faults, and drills; never content or passwords',
    },
    right: { nb: 'lese backups.json og arkivene', en: 'to read backups.json and the repositories' },
  },
  agent: {
    reads: { nb: 'seg selv', en: 'itself' },
    sends: {
      nb: 'at den lever, utgaven sin, og om den er root',
      en: 'that it is alive, its version, and whether it is root',
    },
    right: anybody,
  },
  'operating-system': {
    reads: { nb: '/etc/os-release og kjernens utgave', en: '/etc/os-release and the kernel’s release' },
    sends: { nb: 'navn og utgave', en: 'name and version' },
    right: anybody,
  },
  'cloud-region': {
    reads: {
      nb: 'det cloud-init har skrevet ned, og ellers skyens egen metadatatjeneste, hvis fastvaren sier at maskinen er i den skyen',
      en: 'what cloud-init wrote down, else the cloud’s own metadata service, where the firmware says that this is its machine',
    },
    sends: { nb: 'sky, region og sone', en: 'cloud, region and zone' },
    right: anybody,
  },
  accounts: {
    reads: {
      nb: 'kontoer og grupper som getent viser dem',
      en: 'accounts and groups as getent shows them',
    },
    sends: {
      nb: 'brukernavn, nummer, hjemmemappe, skall og medlemskap; ikke fullt navn',
      en: 'user names, numbers, home folders, shells and memberships; no full names',
    },
    right: anybody,
  },
  passwords: {
    reads: { nb: '/etc/shadow', en: '/etc/shadow' },
    sends: {
      nb: 'om passordet er satt, låst eller tomt, metoden, og når kontoen utløper; aldri hashen',
      en: 'whether a password is set, locked or empty, its scheme, when the account expires; never the hash',
    },
    right: root,
  },
  sudo: {
    reads: { nb: 'sudoers-filene', en: 'the sudoers files' },
    sends: { nb: 'hvem som får kjøre hva som hvem', en: 'who may run what as whom' },
    right: root,
  },
  'file-capabilities': {
    reads: {
      nb: 'rettigheter på programfiler i /usr, /opt, /srv og hjemmemapper',
      en: 'capabilities of program files in /usr, /opt, /srv and homes',
    },
    sends: {
      nb: 'programmets sti, rettighetene, og hvem som får kjøre det',
      en: 'the program’s path, its capabilities, and who may run it',
    },
    right: { nb: 'root, og programmet getcap', en: 'root, and the program getcap' },
  },
  'control-sockets': {
    reads: { nb: 'soklene til containermotorer', en: 'the sockets of container engines' },
    sends: {
      nb: 'hvor de er, og hvem som får skrive til dem',
      en: 'where they are, and who may write to them',
    },
    right: rootForOthers,
  },
  'key-files': {
    reads: {
      nb: 'filer som heter som nøkler og .env-filer, på maskinens egne disker',
      en: 'files called as keys are, and .env files, on the host’s own disks',
    },
    sends: {
      nb: 'hvor de er, hva slags de er, fingeravtrykket av den offentlige halvdelen, og hvem som får lese dem; aldri nøkler eller hemmeligheter',
      en: 'where they are, of what kind, the fingerprint of the public half, and who may read them; never a key or a secret',
    },
    right: root,
  },
  sshd: {
    reads: { nb: 'innstillingene sshd kjører med (sshd -T)', en: 'the settings sshd runs with (sshd -T)' },
    sends: {
      nb: 'måter å logge inn på, også for hver konto',
      en: 'the ways to log in, also for each account',
    },
    right: root,
  },
  'authorized-keys': {
    reads: { nb: 'authorized_keys og filene sshd peker på', en: 'authorized_keys and the files sshd names' },
    sends: {
      nb: 'fingeravtrykk, type og begrensninger for offentlige nøkler; aldri private',
      en: 'fingerprints, types and restrictions of public keys; never private ones',
    },
    right: rootForOthers,
  },
  packages: {
    reads: { nb: 'apts lister; ingenting hentes', en: 'apt’s lists; nothing is fetched' },
    sends: { nb: 'pakkekilder, og oppdateringer som venter', en: 'package sources, and updates that wait' },
    right: anybody,
  },
  'pending-reboot': {
    reads: {
      nb: '/run/reboot-required, /boot og biblioteker i bruk',
      en: '/run/reboot-required, /boot and libraries in use',
    },
    sends: {
      nb: 'om verten eller en tjeneste må startes på nytt',
      en: 'whether the host or a service must be restarted',
    },
    right: rootForOthers,
  },
  volumes: {
    reads: { nb: 'monterte filsystemer og disker under dem', en: 'mounted file systems and the disks below' },
    sends: {
      nb: 'hvor de er montert, om de er kryptert, og virtuelle diskers serienummer',
      en: 'where they are mounted, whether they are encrypted, and virtual disks’ serials',
    },
    right: anybody,
  },
  'screen-lock': {
    reads: {
      nb: 'innstillingene for skjermlås i GNOME og KDE',
      en: 'the settings of the screen lock in GNOME and KDE',
    },
    sends: {
      nb: 'om skjermen låses, og etter hvor lang tid',
      en: 'whether the screen locks, and after how long',
    },
    right: rootForOthers,
  },
  sockets: {
    reads: {
      nb: 'porter som lytter, og hva som svarer når den hilser på dem',
      en: 'listening ports, and what answers when it greets them',
    },
    sends: {
      nb: 'adresse, port, protokoll, kryptert eller ikke, og programmets navn',
      en: 'address, port, protocol, encrypted or not, and the program’s name',
    },
    right: { nb: 'root, for programmets navn', en: 'root, for the program’s name' },
  },
  'remote-paths': {
    reads: {
      nb: 'kommandolinjer og nettverkskort, på leting etter fjernstyring og tunneler',
      en: 'command lines and interfaces, looking for remote control and tunnels',
    },
    sends: {
      nb: 'hvilke slike som kjører; ikke kommandolinjen',
      en: 'which of those run; not the command line',
    },
    right: anybody,
  },
  firewall: {
    reads: { nb: 'regelsettet i kjernen', en: 'the rule set in the kernel' },
    sends: {
      nb: 'hvilke porter det slipper inn på, og et fingeravtrykk av reglene',
      en: 'which ports it lets in, and a fingerprint of the rules',
    },
    right: root,
  },
  postgres: {
    reads: {
      nb: 'PostgreSQL gjennom fem faste spørringer som ikke kan skrive',
      en: 'PostgreSQL by five fixed queries that cannot write',
    },
    sends: {
      nb: 'roller, tilgangsregler og tilkoblinger; aldri innhold eller passord',
      en: 'roles, access rules and connections; never contents or passwords',
    },
    right: { nb: 'root, eller en rolle i pg_monitor', en: 'root, or a role in pg_monitor' },
  },
  'tls-endpoints': {
    reads: { nb: 'TLS-endepunktene i agent.json', en: 'the TLS end points in agent.json' },
    sends: {
      nb: 'hvilke TLS-utgaver og sertifikater de tilbyr',
      en: 'the TLS versions and certificates they offer',
    },
    right: anybody,
  },
  'data-scan': {
    reads: {
      nb: 'databasene og loggene i agent.json, på leting etter hemmeligheter og personnumre i klartekst',
      en: 'the databases and logs in agent.json, looking for secrets and personal numbers in plain text',
    },
    sends: {
      nb: 'antall, tabell, kolonne og fil, og hvor mye som er sett på; aldri en verdi',
      en: 'counts, table, column and file, and how much was looked through; never a value',
    },
    right: {
      nb: 'en rolle med leserett, og leserett til loggene',
      en: 'a role that may read, and leave to read the logs',
    },
  },
}
