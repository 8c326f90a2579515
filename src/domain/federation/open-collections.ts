// Pages of what everyone may see, and who follows whom, as other servers may ask for them.
export {
  isBlockedBy,
  isSuspendedDomain,
  listFeaturedTagNames,
  listFollowersOfHost,
  listOpenPins,
  pageAuthored,
  pageReplies,
  pageTagged,
  pageThread,
} from '../../store/federated-collections.ts'
export type { ListedPost } from '../../store/federated-collections.ts'
