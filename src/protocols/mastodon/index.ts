// The client API of Mastodon's apps: the plug with all its routes.
import type { Context as HonoContext } from 'hono'
import type { Client } from '../../platform/http-server.ts'
import { createTokenSeal } from '../../platform/token-seal.ts'
import type { Protocol } from '../protocol.ts'
import type { Api, ApiParts } from './api.ts'
import { addAccountPages } from './account-pages/index.ts'
import { addAppRoutes } from './oauth/apps.ts'
import { addAuthorizeRoutes } from './oauth/authorize-page.ts'
import { addOAuthDiscoveryRoutes } from './oauth/discovery.ts'
import { addSignInRoutes } from './oauth/sign-in-page.ts'
import { addTokenRoutes } from './oauth/token.ts'
import { addWelcomeRoutes } from './oauth/welcome-page.ts'
import { addPreflight } from './http/preflight.ts'
import { addAccountRoutes } from './routes/accounts.ts'
import { addInstanceRoutes } from './routes/instance.ts'
import { addFilterRoutes } from './routes/filters.ts'
import { addFilterPartRoutes } from './routes/filter-parts.ts'
import { addOldFilterRoutes } from './routes/old-filters.ts'
import { addRelationshipRoutes } from './routes/relationships.ts'
import { addListRoutes } from './routes/lists.ts'
import { addSearchRoutes } from './routes/search.ts'
import { addTagRoutes } from './routes/tags.ts'
import { addConversationRoutes } from './routes/conversations.ts'
import { addProfileRoutes } from './routes/profile.ts'
import { addMediaRoutes } from './routes/media.ts'
import { addMarkerRoutes } from './routes/markers.ts'
import { addNotificationGroupRoutes } from './routes/notification-groups.ts'
import { addNotificationPolicyRoutes } from './routes/notification-policy.ts'
import { addNotificationRequestRoutes } from './routes/notification-requests.ts'
import { addNotificationRoutes } from './routes/notifications.ts'
import { addBygoneRoutes } from './routes/bygone.ts'
import { addServerListRoutes } from './routes/server-lists.ts'
import { addServerTextRoutes } from './routes/server-texts.ts'
import { addSignUpApiRoutes } from './routes/sign-up.ts'
import { addStrikeRoutes } from './routes/strikes.ts'
import { addStatusRoutes } from './routes/statuses.ts'
import { addStatusDetailRoutes } from './routes/status-details.ts'
import { addTimelineRoutes } from './routes/timelines.ts'
import { PUSH_KIND, PUSH_QUEUE } from '../../domain/push/push-soon.ts'
import type { PushJob } from '../../domain/push/push-soon.ts'
import { deliverPush } from './push/deliver-push.ts'
import { addAdminRoutes } from './routes/admin/index.ts'
import { addAnnouncementRoutes } from './routes/announcements.ts'
import { addDiscoverRoutes } from './routes/discover.ts'
import { addPostRetentionRoutes } from './routes/post-retention.ts'
import { addArchiveRoutes } from './routes/archives.ts'
import { addOwnDataRoutes } from './routes/own-data.ts'
import { addEventRoutes } from './routes/events.ts'
import { addCollectionRoutes } from './routes/collections.ts'
import { addDomainBlockRoutes } from './routes/domain-blocks.ts'
import { addFeaturedRoutes } from './routes/featured.ts'
import { addQuotingRoutes } from './routes/quoting.ts'
import { addScheduledRoutes } from './routes/scheduled.ts'
import { addReportRoutes } from './routes/reports.ts'
import { addPushRoutes } from './routes/push.ts'
import { addCircleRoutes } from './routes/circles.ts'
import { addDraftRoutes } from './routes/drafts.ts'
import { createStreaming } from './streaming/index.ts'

const ROUTES = [
  addPreflight,
  addAppRoutes,
  addTokenRoutes,
  addAuthorizeRoutes,
  addSignInRoutes,
  addWelcomeRoutes,
  addAccountPages,
  addOAuthDiscoveryRoutes,
  addInstanceRoutes,
  addServerTextRoutes,
  addSignUpApiRoutes,
  addFeaturedRoutes,
  addAccountRoutes,
  addRelationshipRoutes,
  addTimelineRoutes,
  addStatusRoutes,
  addListRoutes,
  addTagRoutes,
  addSearchRoutes,
  addStatusDetailRoutes,
  addNotificationPolicyRoutes,
  addNotificationRequestRoutes,
  addNotificationRoutes,
  addNotificationGroupRoutes,
  addConversationRoutes,
  addMarkerRoutes,
  addMediaRoutes,
  addProfileRoutes,
  addFilterPartRoutes,
  addFilterRoutes,
  addOldFilterRoutes,
  addPushRoutes,
  addReportRoutes,
  addAnnouncementRoutes,
  addDiscoverRoutes,
  addDomainBlockRoutes,
  addScheduledRoutes,
  addQuotingRoutes,
  addCollectionRoutes,
  addEventRoutes,
  addOwnDataRoutes,
  addArchiveRoutes,
  addPostRetentionRoutes,
  addServerListRoutes,
  addBygoneRoutes,
  addCircleRoutes,
  addDraftRoutes,
  addAdminRoutes,
  addStrikeRoutes,
]

export function createMastodon(parts: ApiParts): Protocol {
  const api: Api = {
    ...parts,
    tokenSeal: createTokenSeal(parts.config.dataDirectory),
    clientKey: (c: HonoContext) => (c.env as { client?: Client } | undefined)?.client?.key ?? 'unknown',
  }
  const streaming = createStreaming(api)
  registerPush(api)
  return {
    name: 'mastodon',
    routes(server) {
      for (const add of ROUTES) add(server, api)
      streaming.routes(server)
    },
    upgrade: streaming.upgrade,
    start: () => streaming.start(),
  }
}

/** News of this kind is worth little after an hour, so a push service that is down is not asked for long. */
function registerPush(api: Api): void {
  api.jobs.register(
    PUSH_KIND,
    { single: ({ payload }) => deliverPush(api, payload as PushJob) },
    { queue: PUSH_QUEUE, concurrency: 8, maxAttempts: 5, timeoutMs: 60_000 },
  )
}
