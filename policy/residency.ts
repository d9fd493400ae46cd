import { each, sharing } from '@hevd/core'
import { backupPlans, customerPlacements, customers, dataStores, subprocessors } from '@hevd/facts'

const residencyRegister = {
  nb: 'Registeret over datalokasjon, ført for hånd, fra fil eller av applikasjonene',
  en: 'The register of residency, kept by hand, from a file or by applications',
}

/** Where data is kept; the databases that agents know and the places of the data register are held against it. */
export const dataStoreRegister = each(dataStores, {
  title: { nb: 'Datalagre', en: 'Data stores' },
  source: residencyRegister,
  reconciledWith: {
    nb: 'Databasene agentene kjenner, målene for sikkerhetskopier, og stedene i dataregisteret',
    en: 'The databases that the agents know, targets of backups, and the places of the data register',
  },
  noneIsFine: false,
})

/** Clouds of a customer's own. */
export const privateClouds = each(dataStores, {
  title: { nb: 'Private skyløsninger', en: 'Private clouds' },
  source: residencyRegister,
  reconciledWith: null,
  noneIsFine: true,
  where: ({ kind }) => kind === 'private-cloud',
})

/** All data stores as one, of which shares are told. */
export const allStoredData = sharing('stored-data', dataStores, 'inRegister', {
  title: { nb: 'Alle datalagre under ett', en: 'All data stores as one' },
  source: residencyRegister,
  reconciledWith: null,
  noneIsFine: false,
})

/** Customers, of those known: no other list of them is held against the register. */
export const customerRegister = each(customers, {
  title: { nb: 'Kunder', en: 'Customers' },
  source: residencyRegister,
  reconciledWith: null,
  noneIsFine: false,
})

/** That a customer's data is in a store, as applications report it. */
export const placements = each(customerPlacements, {
  title: { nb: 'Kundedata i datalagre', en: 'Customers’ data in stores' },
  source: {
    nb: 'Det applikasjonene melder etter at de har plassert data, eller som er ført for hånd',
    en: 'What applications report after they placed data, or what was entered by hand',
  },
  reconciledWith: null,
  noneIsFine: false,
})

/** Providers that handle payment cards for us. Where there is none by the policy, the control does not apply. */
export const paymentProviders = each(subprocessors, {
  title: { nb: 'Betalingsleverandører', en: 'Payment providers' },
  source: residencyRegister,
  reconciledWith: null,
  noneIsFine: false,
  where: ({ payments }) => payments,
})

/** Plans for backups, whose targets are held against the register of data stores; that there are none is another control's matter. */
export const plannedBackups = each(backupPlans, {
  title: { nb: 'Planer for sikkerhetskopiering', en: 'Backup plans' },
  source: {
    nb: 'backups.json på hver maskin, lest av agenten',
    en: 'The backups.json of each host, read by the agent',
  },
  reconciledWith: null,
  noneIsFine: true,
})
