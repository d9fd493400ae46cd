import { check, holds, unknown, unseen } from '@hevd/core'
import { scannedPlaces } from '@hevd/facts'
import { productionHosts } from '../../populations.ts'

/** Of every production host some logs are scanned; what they hold is for the other tests. */
export const logsScanned = check('payment-data-delegated/logs-scanned', {
  of: productionHosts,
  reads: ({ id }) => ({ places: scannedPlaces.ofHost(id) }),
  judge: (_host, { places }) => {
    if (places.facts.some(({ value }) => value.kind === 'logs' && value.scannedAt !== null)) return holds()
    const [missing] = places.unseen
    return missing === undefined ? unknown('logs-not-scanned') : unseen(missing)
  },
})
