export { becomeOrdinaryUser, ordinaryUser } from './ordinary-user.ts'
export { addOrganisation } from './organisation.ts'
export { type TestClock, testClock } from './test-clock.ts'
export { type ThrowawayDatabase, throwawayDatabase } from './throwaway.ts'
