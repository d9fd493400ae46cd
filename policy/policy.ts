import { continuouslyMonitored } from './data-centres/continuously-monitored/index.ts'
import { dataLocation } from './data-centres/data-location/index.ts'
import { facilityCertified } from './data-centres/facility-certified/index.ts'
import { onSiteSecurity } from './data-centres/on-site-security/index.ts'
import { patched } from './data-centres/patched/index.ts'
import { redundantPower } from './data-centres/redundant-power/index.ts'
import { accessProcedures } from './infrastructure-security/access-procedures/index.ts'
import { accessRemovedAtTermination } from './infrastructure-security/access-removed-at-termination/index.ts'
import { encryptedRemoteAccess } from './infrastructure-security/encrypted-remote-access/index.ts'
import { encryptionKeysRestricted } from './infrastructure-security/encryption-keys-restricted/index.ts'
import { endpointsProtected } from './infrastructure-security/endpoints-protected/index.ts'
import { firewallAccessRestricted } from './infrastructure-security/firewall-access-restricted/index.ts'
import { firewallsReviewed } from './infrastructure-security/firewalls-reviewed/index.ts'
import { firewallsUsed } from './infrastructure-security/firewalls-used/index.ts'
import { hardeningStandards } from './infrastructure-security/hardening-standards/index.ts'
import { intrusionDetection } from './infrastructure-security/intrusion-detection/index.ts'
import { networkSegmented } from './infrastructure-security/network-segmented/index.ts'
import { performanceMonitored } from './infrastructure-security/performance-monitored/index.ts'
import { productionApplicationsRestricted } from './infrastructure-security/production-applications-restricted/index.ts'
import { productionDatabasesRestricted } from './infrastructure-security/production-databases-restricted/index.ts'
import { productionNetworkRestricted } from './infrastructure-security/production-network-restricted/index.ts'
import { productionOsRestricted } from './infrastructure-security/production-os-restricted/index.ts'
import { uniqueAccounts } from './infrastructure-security/unique-accounts/index.ts'
import { uniqueNetworkAuthentication } from './infrastructure-security/unique-network-authentication/index.ts'
import { ddosProtected } from './network/ddos-protected/index.ts'
import { encryptedInTransit } from './network/encrypted-in-transit/index.ts'
import { networkProtected } from './network/network-protected/index.ts'
import { backgroundChecked } from './organisation/background-checked/index.ts'
import { codeOfConduct } from './organisation/code-of-conduct/index.ts'
import { confidentialityAgreed } from './organisation/confidentiality-agreed/index.ts'
import { disposalBackedUp } from './organisation/disposal-backed-up/index.ts'
import { disposalDestroyed } from './organisation/disposal-destroyed/index.ts'
import { disposalEnvironmental } from './organisation/disposal-environmental/index.ts'
import { disposalErased } from './organisation/disposal-erased/index.ts'
import { disposalInventoried } from './organisation/disposal-inventoried/index.ts'
import { disposalRecorded } from './organisation/disposal-recorded/index.ts'
import { disposalVerified } from './organisation/disposal-verified/index.ts'
import { securityTrained } from './organisation/security-trained/index.ts'
import { visitorsEscorted } from './organisation/visitors-escorted/index.ts'
import { bugBounty } from './product/bug-bounty/index.ts'
import { columnsEncrypted } from './product/columns-encrypted/index.ts'
import { internalTransfersEncrypted } from './product/internal-transfers-encrypted/index.ts'
import { paymentDataDelegated } from './product/payment-data-delegated/index.ts'
import { penetrationTested } from './product/penetration-tested/index.ts'
import { storageEncrypted } from './product/storage-encrypted/index.ts'
import { assessedAndPrepared } from './the-whole/assessed-and-prepared/index.ts'
import { dataProtected } from './the-whole/data-protected/index.ts'
import { policyPublished } from './the-whole/policy-published/index.ts'

/** The policy itself: every section and every control, in the order it is read. */
export const policy = {
  'infrastructure-security': [
    encryptionKeysRestricted,
    uniqueAccounts,
    productionApplicationsRestricted,
    accessProcedures,
    productionDatabasesRestricted,
    firewallAccessRestricted,
    productionOsRestricted,
    productionNetworkRestricted,
    accessRemovedAtTermination,
    uniqueNetworkAuthentication,
    encryptedRemoteAccess,
    intrusionDetection,
    performanceMonitored,
    networkSegmented,
    firewallsReviewed,
    firewallsUsed,
    endpointsProtected,
    hardeningStandards,
  ],
  'data-centres': [
    facilityCertified,
    patched,
    redundantPower,
    onSiteSecurity,
    continuouslyMonitored,
    dataLocation,
  ],
  network: [networkProtected, ddosProtected, encryptedInTransit],
  organisation: [
    disposalInventoried,
    disposalBackedUp,
    disposalErased,
    disposalDestroyed,
    disposalEnvironmental,
    disposalRecorded,
    disposalVerified,
    backgroundChecked,
    codeOfConduct,
    confidentialityAgreed,
    visitorsEscorted,
    securityTrained,
  ],
  product: [
    storageEncrypted,
    paymentDataDelegated,
    columnsEncrypted,
    internalTransfersEncrypted,
    penetrationTested,
    bugBounty,
  ],
  'the-whole': [assessedAndPrepared, dataProtected, policyPublished],
} as const
