import { each, sharing } from '@hevd/core'
import {
  accessGrants,
  accounts,
  approvedTexts,
  authorizedKeys,
  backupLogs,
  backupPlans,
  backupRecipients,
  backupRecords,
  backupSources,
  backups,
  dataSets,
  encryptionKeys,
  hosts,
  keyGrants,
  keyStoreLists,
  keyStores,
  listedHosts,
  managedDevices,
  namedServices,
  people,
  postgresRoles,
  postgresServers,
  rootKeyCustody,
  scannedPlaces,
  tlsEndpoints,
} from '@hevd/facts'

const declaredHosts = {
  nb: 'Registeret over maskiner, ført for hånd eller ved innmelding av agenten',
  en: 'The register of hosts, kept by hand or by the agent’s enrolment',
}

/** Every host that is declared, whatever it is for. */
export const allHosts = each(hosts, {
  title: { nb: 'Maskiner', en: 'Hosts' },
  source: declaredHosts,
  reconciledWith: null,
  noneIsFine: false,
})

/** Hosts that carry production. */
export const productionHosts = each(hosts, {
  title: { nb: 'Produksjonsservere', en: 'Production hosts' },
  source: declaredHosts,
  reconciledWith: null,
  noneIsFine: false,
  where: (host) => host.role === 'production',
})

/** Every account of every host; which of them somebody can log in to is for the judge to say. */
export const hostAccounts = each(accounts, {
  title: { nb: 'Kontoer på maskinene', en: 'Accounts on hosts' },
  source: {
    nb: 'Kontolisten på hver maskin, lest av agenten',
    en: 'The account list of each host, read by the agent',
  },
  reconciledWith: null,
  // A host on which nobody can log in keeps the promise; a list that was not seen does not (Population.whole).
  noneIsFine: true,
})

/** A user number of a host; accounts that have the same one are the same to the kernel. */
export const userNumbers = sharing('uid', accounts, 'withUid', {
  called: ({ members: [first, ...rest] }) =>
    `${first.uid} (${[first, ...rest].map(({ name }) => name).join(', ')})`,
  title: { nb: 'Bruker-ID-er', en: 'User numbers' },
  source: {
    nb: 'Kontolisten på hver maskin, lest av agenten',
    en: 'The account list of each host, read by the agent',
  },
  reconciledWith: null,
  noneIsFine: false,
})

/** A public SSH key, wherever it opens an account. */
export const publicKeys = sharing('public-key', authorizedKeys, 'withFingerprint', {
  title: { nb: 'Offentlige nøkler', en: 'Public keys' },
  source: {
    nb: 'Nøkkelfilene som sshd godtar på hver maskin, lest av agenten',
    en: 'The key files that sshd accepts on each host, read by the agent',
  },
  reconciledWith: null,
  noneIsFine: true,
})

/** PostgreSQL servers that the agents were given or found. */
export const databaseServers = each(postgresServers, {
  title: { nb: 'PostgreSQL-servere', en: 'PostgreSQL servers' },
  source: {
    nb: 'Serverne som agenten finner på maskinen eller er gitt adressen til',
    en: 'The servers that the agent finds on the host or was given the address of',
  },
  reconciledWith: null,
  noneIsFine: false,
})

/** Public end points that the agent was given. */
export const publicEndpoints = each(tlsEndpoints, {
  title: { nb: 'Offentlige endepunkter', en: 'Public end points' },
  source: { nb: 'Adressene agenten er gitt', en: 'The addresses the agent was given' },
  reconciledWith: null,
  noneIsFine: false,
})

/** Roles of the PostgreSQL servers. */
export const databaseRoles = each(postgresRoles, {
  title: { nb: 'Databaseroller', en: 'Database roles' },
  source: { nb: 'Rollelisten på hver PostgreSQL-server', en: 'The role list of each PostgreSQL server' },
  reconciledWith: null,
  noneIsFine: true,
})

const peopleRegister = {
  nb: 'Registeret over personer, ført for hånd eller hentet fra personalsystemet',
  en: 'The register of people, kept by hand or imported from the HR system',
}

/** Everybody with an end date, employees and contractors, before the day and after it. */
export const leavers = each(people, {
  title: { nb: 'De som slutter eller har sluttet', en: 'People who leave or have left' },
  source: peopleRegister,
  reconciledWith: null,
  noneIsFine: true,
  where: ({ endsOn }) => endsOn !== null,
})

/** Everybody who works here without being employed. */
export const contractors = each(people, {
  title: { nb: 'Innleide', en: 'Contractors' },
  source: peopleRegister,
  reconciledWith: null,
  noneIsFine: true,
  where: ({ kind }) => kind === 'contractor',
})

/** Sets of data that somebody has entered; of those known. */
export const dataRegister = each(dataSets, {
  title: { nb: 'Datasett', en: 'Data sets' },
  source: { nb: 'Dataregisteret, ført for hånd', en: 'The data register, kept by hand' },
  reconciledWith: null,
  noneIsFine: false,
})

/** Services that have accounts of their own. */
export const services = each(namedServices, {
  title: { nb: 'Navngitte tjenester', en: 'Named services' },
  source: { nb: 'Registeret over tjenester', en: 'The register of services' },
  reconciledWith: null,
  noneIsFine: true,
})

/** The approved text of every control. */
export const approvedPolicy = each(approvedTexts, {
  title: { nb: 'Godkjente tekster', en: 'Approved texts' },
  source: {
    nb: 'Den godkjente policyen, kontroll for kontroll',
    en: 'The approved policy, control by control',
  },
  reconciledWith: { nb: 'Katalogen over alle kontroller', en: 'The catalogue of all controls' },
  noneIsFine: false,
})

const independentList = {
  nb: 'Uavhengige lister fra skyen, virtualiseringen eller innkjøp, hentet fra fil',
  en: 'Independent lists from the cloud, the hypervisors or purchasing, imported from a file',
}
const hostRegister = { nb: 'Maskinregisteret', en: 'The register of hosts' }

/** Servers of independent lists. */
export const listedServers = each(listedHosts, {
  title: { nb: 'Servere i uavhengige lister', en: 'Servers of independent lists' },
  source: independentList,
  reconciledWith: hostRegister,
  noneIsFine: false,
  where: ({ kind }) => kind === 'server',
})

/** Work devices of independent lists. */
export const listedWorkstations = each(listedHosts, {
  title: { nb: 'Arbeidsmaskiner i enhetslisten', en: 'Work devices of the device list' },
  source: independentList,
  reconciledWith: {
    nb: 'Maskinregisteret og det enhetsstyringen melder',
    en: 'The register of hosts and what device management reports',
  },
  noneIsFine: false,
  where: ({ kind }) => kind === 'workstation',
})

/** Workstations that carry an agent; those of device management are {@link devices}. */
export const workstations = each(hosts, {
  title: { nb: 'Arbeidsmaskiner med agent', en: 'Workstations with an agent' },
  source: declaredHosts,
  reconciledWith: null,
  noneIsFine: true,
  where: (host) => host.role === 'workstation',
})

/** Devices that device management reports on. */
export const devices = each(managedDevices, {
  title: { nb: 'Enheter i enhetsstyringen', en: 'Devices of device management' },
  source: {
    nb: 'Eksport fra Intune eller Jamf, hentet fra fil',
    en: 'Export of Intune or Jamf, imported from a file',
  },
  reconciledWith: null,
  noneIsFine: true,
})

/** Access that was given, in force or over, as somebody declared it. */
export const grantedAccess = each(accessGrants, {
  title: { nb: 'Tildelte tilganger', en: 'Access that was given' },
  source: {
    nb: 'Registeret over tilganger, ført for hånd eller fra fil',
    en: 'The register of access, kept by hand or from a file',
  },
  reconciledWith: null,
  noneIsFine: false,
})

const toldToTheAgents = {
  nb: 'Databasene og loggene agentene er satt til å gjennomsøke, og de andre databasene på de samme tjenerne',
  en: 'The databases and logs that the agents are told to scan, and the other databases of the same servers',
}

/** Databases that the agents know of, scanned or not. */
export const scannedDatabases = each(scannedPlaces, {
  title: { nb: 'Databaser som gjennomsøkes', en: 'Databases that are scanned' },
  source: toldToTheAgents,
  reconciledWith: null,
  noneIsFine: false,
  where: ({ kind }) => kind !== 'logs',
})

/** Databases and logs. */
export const scannedData = each(scannedPlaces, {
  title: { nb: 'Databaser og logger som gjennomsøkes', en: 'Databases and logs that are scanned' },
  source: toldToTheAgents,
  reconciledWith: null,
  noneIsFine: false,
})

const vaultItself = { nb: 'Nøkkelhvelvet selv', en: 'The key vault itself' }

/** Keys of the vault. That others live elsewhere is what {@link keyStoreRegister} is for. */
export const vaultKeys = each(encryptionKeys, {
  title: { nb: 'Nøkler i hvelvet', en: 'Keys of the vault' },
  source: vaultItself,
  reconciledWith: null,
  noneIsFine: true,
})

/** Leave to use a key of the vault that somebody approved, in force or over. */
export const keyGrantsGiven = each(keyGrants, {
  title: { nb: 'Tildelte nøkler', en: 'Key grants' },
  source: vaultItself,
  reconciledWith: null,
  noneIsFine: true,
})

/** The vault's root key, once there is one. */
export const rootKeys = each(rootKeyCustody, {
  title: { nb: 'Rotnøkkelen', en: 'The root key' },
  source: vaultItself,
  reconciledWith: null,
  noneIsFine: true,
})

/** Places other than the vault where there are keys, as people entered them. */
export const keyStoresElsewhere = each(keyStores, {
  title: { nb: 'Nøkkellagre utenfor hvelvet', en: 'Key stores elsewhere' },
  source: {
    nb: 'Registeret over nøkkellagre, ført for hånd',
    en: 'The register of key stores, kept by hand',
  },
  reconciledWith: null,
  noneIsFine: true,
})

/** That register itself. It is there from when somebody first said that it has every key store. */
export const keyStoreRegister = each(keyStoreLists, {
  title: { nb: 'Registeret over nøkkellagre', en: 'The register of key stores' },
  source: {
    nb: 'Bekreftelsen på at registeret har alle nøkkellagre',
    en: 'The confirmation that the register has every key store',
  },
  reconciledWith: null,
  noneIsFine: false,
})

const backupSettings = {
  nb: 'backups.json på hver maskin, lest av agenten',
  en: 'The backups.json of each host, read by the agent',
}
const repositories = {
  nb: 'Arkivene som planene peker på, listet av agenten',
  en: 'The repositories that the plans name, listed by the agent',
}

/** What hosts are told to back up; that no database is left out is what `databases-planned` is for. */
export const plannedBackups = each(backupPlans, {
  title: { nb: 'Planer for sikkerhetskopiering', en: 'Backup plans' },
  source: backupSettings,
  reconciledWith: {
    nb: 'PostgreSQL-serverne agentene kjenner',
    en: 'The PostgreSQL servers that agents know of',
  },
  noneIsFine: false,
})

/** Backups that lie in a repository. */
export const keptBackups = each(backups, {
  title: { nb: 'Sikkerhetskopier', en: 'Backups' },
  source: repositories,
  reconciledWith: {
    nb: 'Sikkerhetskopiene Hevd har sett før',
    en: 'The backups that Hevd has seen before',
  },
  noneIsFine: false,
})

/** Logs of databases that are put away. */
export const keptLogs = each(backupLogs, {
  title: { nb: 'Databaselogger som er tatt vare på', en: 'Archived database logs' },
  source: repositories,
  reconciledWith: null,
  noneIsFine: true,
})

/** Backups that were there once. */
export const rememberedBackups = each(backupRecords, {
  title: { nb: 'Sikkerhetskopier som er sett', en: 'Backups that were seen' },
  source: { nb: 'Det Hevd har sett i arkivene før', en: 'What Hevd has seen in the repositories before' },
  reconciledWith: { nb: 'Arkivene slik de er nå', en: 'The repositories as they are now' },
  noneIsFine: true,
})

/** Sources that backups were once planned of; each ends by a record. */
export const rememberedSources = each(backupSources, {
  title: { nb: 'Kilder som sikkerhetskopieres', en: 'Sources that are backed up' },
  source: { nb: 'Planene Hevd har sett', en: 'The plans that Hevd has seen' },
  reconciledWith: { nb: 'Planene slik de er nå', en: 'The plans as they are now' },
  noneIsFine: false,
})

/** Recipients that backups are encrypted to, wherever they lie. */
export const backupReaders = sharing('backup-reader', backupRecipients, 'ofRecipient', {
  title: { nb: 'Mottakere av sikkerhetskopier', en: 'Recipients of backups' },
  source: {
    nb: 'Planene, og det hver sikkerhetskopi sier om seg selv',
    en: 'The plans, and what each backup says of itself',
  },
  reconciledWith: { nb: 'Registeret over mottakere', en: 'The register of recipients' },
  noneIsFine: false,
})
