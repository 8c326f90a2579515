// What waits to be sent to other servers, as protocols put it in and take it out; each call is one step in the caller's transaction.
export {
  addDeliveries,
  claimDeliveries,
  hastenDeliveries,
  nextDeliveryAt,
  postponeDelivery,
  reachAnybody,
  removeDeliveries,
} from '../../store/deliveries.ts'
export type { Delivery, Recipients } from '../../store/deliveries.ts'
export {
  findHosts,
  forgetSharedInbox,
  pauseHost,
  pruneHosts,
  recordHostFailure,
  recordHostSuccess,
} from '../../store/hosts.ts'
export { findPrivateKey, listPublicKeys } from '../../store/keys.ts'
export { tallyDeliveries } from '../../store/moderation/day-series.ts'
export { afterCommit } from '../../store/open.ts'
export { findActivities, pruneActivities, sealActivity } from '../../store/outgoing-activities.ts'
export type { OutgoingActivity } from '../../store/outgoing-activities.ts'
