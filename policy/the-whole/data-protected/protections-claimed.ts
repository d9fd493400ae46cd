import { check, fails, holds, outside, strings } from '@hevd/core'
import { dataRegister } from '../../populations.ts'

/**
 * The protections that its class demands are claimed for a set of data. What has no class of the scheme yet is for
 * {@link classified} to fail.
 */
export const protectionsClaimed = check('data-protected/protections-claimed', {
  of: dataRegister,
  parameters: {
    classes: strings,
    encryptedAtRestFor: strings,
    encryptedInTransitFor: strings,
    accessRestrictedFor: strings,
    backedUpFor: strings,
    retentionFor: strings,
  },
  reads: () => ({}),
  judge: (set, _readings, parameters) => {
    const kind = set.class
    if (kind === null || !parameters.classes.includes(kind)) return outside
    const lacks = [
      { name: 'at-rest', demanded: parameters.encryptedAtRestFor, claimed: set.encryptedAtRest },
      { name: 'in-transit', demanded: parameters.encryptedInTransitFor, claimed: set.encryptedInTransit },
      { name: 'access', demanded: parameters.accessRestrictedFor, claimed: set.accessRestricted },
      { name: 'backup', demanded: parameters.backedUpFor, claimed: set.backedUp },
      { name: 'retention', demanded: parameters.retentionFor, claimed: set.retentionDays !== null },
    ].flatMap(({ name, demanded, claimed }) => (demanded.includes(kind) && !claimed ? [name] : []))
    return lacks.length > 0
      ? fails('protections-lacking', { class: kind, lacks })
      : holds('protections-declared')
  },
})
