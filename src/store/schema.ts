// The shape of every table as Kysely sees it; the migrations create them, and a test holds the two together.
import type { Generated } from 'kysely'

export interface AccountsTable {
  id: number
  username: string
  username_key: string
  domain: Generated<string>
  protocol: Generated<string>
  kind: Generated<string>
  uri: string
  url: string | null
  guid: string | null
  name: Generated<string>
  note: Generated<string>
  note_source: string | null
  fields: Generated<string>
  avatar_key: string | null
  avatar_static_key: string | null
  avatar_remote_url: string | null
  avatar_description: Generated<string>
  header_key: string | null
  header_static_key: string | null
  header_remote_url: string | null
  header_description: Generated<string>
  bot: Generated<number>
  locked: Generated<number>
  discoverable: Generated<number>
  indexable: Generated<number>
  hide_collections: Generated<number>
  memorial: Generated<number>
  followers_count: Generated<number>
  following_count: Generated<number>
  posts_count: Generated<number>
  last_post_at: number | null
  inbox: string | null
  outbox: string | null
  shared_inbox: string | null
  followers_uri: string | null
  following_uri: string | null
  featured_uri: string | null
  featured_tags_uri: string | null
  moved_to_id: number | null
  also_known_as: Generated<string>
  attribution_domains: Generated<string>
  emoji_ids: Generated<string>
  suspended_at: number | null
  suspended_by: string | null
  limited_at: number | null
  sensitized_at: number | null
  deleted_at: number | null
  raw: string | null
  fetched_at: number | null
  completed_at: number | null
  created_at: number
  updated_at: number
}

export interface AccountKeysTable {
  key_id: string
  account_id: number
  kind: string
  public_key: string
  private_key: string | null
  created_at: number
}

export interface UsersTable {
  account_id: number
  email: string | null
  email_key: string | null
  unconfirmed_email: string | null
  password_hash: string | null
  role: Generated<string>
  locale: Generated<string>
  confirmed_at: number | null
  approved_at: number | null
  disabled_at: number | null
  sign_up_reason: string | null
  sign_up_address: string | null
  invite_id: number | null
  app_id: number | null
  otp_secret: string | null
  otp_enabled_at: number | null
  otp_last_step: number | null
  recovery_codes: Generated<string>
  settings: Generated<string>
  created_at: number
  last_active_at: number | null
}

export interface EmailTokensTable {
  token_hash: string
  account_id: number
  kind: string
  email: string
  created_at: number
  expires_at: number
}

export interface SessionsTable {
  id: number
  token_hash: string
  account_id: number
  address: string
  user_agent: string
  created_at: number
  last_used_at: number
  expires_at: number
}

export interface AppsTable {
  id: number
  client_id: string
  client_secret_hash: string
  name: string
  website: string | null
  redirect_uris: string
  scopes: string
  created_at: number
}

export interface GrantsTable {
  code_hash: string
  app_id: number
  account_id: number
  redirect_uri: string
  scopes: string
  challenge: string | null
  token_id: number | null
  created_at: number
  expires_at: number
}

export interface TokensTable {
  id: number
  token_hash: string
  app_id: number | null
  account_id: number | null
  scopes: string
  created_at: number
  last_used_at: number | null
  session_id: number | null
}

export interface FollowsTable {
  account_id: number
  target_id: number
  id: number
  accepted: Generated<number>
  show_boosts: Generated<number>
  notify: Generated<number>
  languages: string | null
  uri: string | null
  created_at: number
}

export interface BlocksTable {
  account_id: number
  target_id: number
  id: number
  uri: string | null
  created_at: number
}

export interface MutesTable {
  account_id: number
  target_id: number
  id: number
  hide_notifications: Generated<number>
  expires_at: number | null
  created_at: number
}

export interface AccountDomainBlocksTable {
  account_id: number
  domain: string
  id: number
  created_at: number
}

export interface AccountNotesTable {
  account_id: number
  target_id: number
  comment: string
}

export interface EndorsementsTable {
  account_id: number
  target_id: number
  id: number
}

export interface MembershipsTable {
  group_id: number
  account_id: number
  id: number
  role: Generated<string>
  accepted: Generated<number>
  created_at: number
}

export interface CirclesTable {
  id: number
  account_id: number
  name: string
  position: Generated<number>
  created_at: number
}

export interface CircleMembersTable {
  circle_id: number
  account_id: number
  created_at: number
}

export interface ListsTable {
  id: number
  account_id: number
  title: string
  replies_policy: Generated<string>
  exclusive: Generated<number>
  created_at: number
}

export interface ListMembersTable {
  list_id: number
  account_id: number
  id: number
}

export interface ArchivesTable {
  id: number
  account_id: number
  state: string
  file_key: string
  total: Generated<number>
  done: Generated<number>
  bytes: Generated<number>
  created_at: number
  finished_at: number | null
  expires_at: number
}

export interface PostRetentionTable {
  account_id: number
  rules: string
}

export interface ImportsTable {
  id: number
  account_id: number
  kind: string
  lines: string
  total: number
  done: Generated<number>
  failed: Generated<number>
  created_at: number
  finished_at: number | null
  mode: Generated<string>
  removed: Generated<number>
}

export interface CollectionsTable {
  id: number
  account_id: number
  name: string
  description: Generated<string>
  language: string | null
  tag: string | null
  sensitive: Generated<number>
  discoverable: Generated<number>
  created_at: number
  updated_at: number
}

export interface CollectionItemsTable {
  id: number
  collection_id: number
  account_id: number
  state: Generated<string>
  created_at: number
}

export interface PostsTable {
  id: number
  uri: string
  url: string | null
  guid: string | null
  account_id: number
  kind: Generated<string>
  local: number
  audience: string
  local_only: Generated<number>
  in_public: Generated<number>
  in_reply_to_id: number | null
  in_reply_to_account_id: number | null
  in_reply_to_uri: string | null
  thread_id: number
  context_uri: string | null
  boost_of_id: number | null
  quote_of_id: number | null
  quote_uri: string | null
  quote_state: string | null
  quote_policy: Generated<string>
  comments_closed: Generated<number>
  reply_policy: Generated<string>
  group_id: number | null
  app_id: number | null
  title: Generated<string>
  content: Generated<string>
  source: string | null
  source_type: Generated<string>
  spoiler_text: Generated<string>
  sensitive: Generated<number>
  language: string | null
  emoji_ids: Generated<string>
  replies_uri: string | null
  published_at: number
  created_at: number
  edited_at: number | null
  replies_count: Generated<number>
  boosts_count: Generated<number>
  likes_count: Generated<number>
  dislikes_count: Generated<number>
  quotes_count: Generated<number>
}

export interface PostRawTable {
  post_id: number
  raw: string
}

export interface PostRecipientsTable {
  post_id: number
  account_id: number
  kind: string
}

export interface PostCirclesTable {
  post_id: number
  circle_id: number
}

export interface QuoteStampsTable {
  post_id: number
  uri: string
}

export interface ReplyConsentsTable {
  post_id: number
  state: string
  uri: string | null
}

export interface PostEditsTable {
  id: number
  post_id: number
  edited_at: number
  snapshot: string
}

export interface TagsTable {
  id: number
  name: string
  display_name: string
  created_at: number
  last_used_at: number | null
  usable: Generated<number>
  trendable: number | null
  listable: Generated<number>
  reviewed_at: number | null
}

export interface PostTagsTable {
  tag_id: number
  post_id: number
}

export interface TagFollowsTable {
  account_id: number
  tag_id: number
  id: number
}

export interface FeaturedTagsTable {
  id: number
  account_id: number
  tag_id: number
  posts_count: Generated<number>
  last_post_at: number | null
}

export interface TagDaysTable {
  tag_id: number
  day: number
  uses: Generated<number>
  accounts: Generated<number>
}

export interface MediaTable {
  id: number
  account_id: number
  post_id: number | null
  inline_of: number | null
  position: Generated<number>
  kind: string
  state: Generated<string>
  content_type: string | null
  bytes: Generated<number>
  file_key: string | null
  preview_key: string | null
  remote_url: string | null
  remote_preview_url: string | null
  description: string | null
  blurhash: string | null
  meta: Generated<string>
  created_at: number
  cached_at: number | null
  used_at: number | null
}

export interface PollsTable {
  post_id: number
  options: string
  multiple: Generated<number>
  hide_totals: Generated<number>
  expires_at: number | null
  ended_at: number | null
  voters_count: number | null
  fetched_at: number | null
}

export interface PollVotesTable {
  id: number
  post_id: number
  account_id: number
  choice: number
  uri: string | null
  created_at: number
}

export interface EventsTable {
  post_id: number
  starts_at: number
  ends_at: number | null
  timezone: string | null
  place: Generated<string>
  status: Generated<string>
  join_mode: Generated<string>
  capacity: number | null
  details: Generated<string>
  yes_count: Generated<number>
  maybe_count: Generated<number>
  no_count: Generated<number>
}

export interface EventAnswersTable {
  post_id: number
  account_id: number
  answer: string
  uri: string | null
  created_at: number
}

export interface ReactionsTable {
  id: number
  post_id: number
  account_id: number
  kind: string
  emoji: Generated<string>
  emoji_id: number | null
  uri: string | null
  created_at: number
}

export interface BookmarksTable {
  account_id: number
  post_id: number
  id: number
}

export interface PinsTable {
  account_id: number
  post_id: number
  id: number
}

export interface ThreadMutesTable {
  account_id: number
  thread_id: number
}

export interface FeedEntriesTable {
  feed_id: number
  post_id: number
  author_id: number
  boost_of_id: number | null
}

export interface ConversationsTable {
  id: number
  account_id: number
  thread_id: number
  last_post_id: number
  participants: string
  unread: Generated<number>
}

export interface NotificationsTable {
  id: number
  account_id: number
  kind: string
  from_id: number
  subject_id: Generated<number>
  post_id: number | null
  group_key: string | null
  filtered: Generated<number>
  created_at: number
}

export interface NotificationPoliciesTable {
  account_id: number
  policy: string
}

export interface NotificationRequestsTable {
  id: number
  account_id: number
  from_id: number
  last_post_id: number | null
  notifications_count: Generated<number>
  created_at: number
  updated_at: number
}

export interface NotificationPermissionsTable {
  account_id: number
  from_id: number
}

export interface MarkersTable {
  account_id: number
  timeline: string
  last_read_id: number
  version: Generated<number>
  updated_at: number
}

export interface FiltersTable {
  id: number
  account_id: number
  title: string
  contexts: string
  action: Generated<string>
  expires_at: number | null
  created_at: number
}

export interface FilterKeywordsTable {
  id: number
  filter_id: number
  keyword: string
  whole_word: Generated<number>
}

export interface FilterPostsTable {
  id: number
  filter_id: number
  post_id: number
}

export interface IdempotencyTable {
  account_id: number
  key: string
  result: string
  created_at: number
}

export interface ScheduledPostsTable {
  id: number
  account_id: number
  params: string
  scheduled_at: number
  created_at: number
}

export interface DraftsTable {
  id: number
  account_id: number
  content: string
  problem: string | null
  created_at: number
  updated_at: number
}

export interface CardsTable {
  id: number
  url: string
  state: Generated<string>
  card: Generated<string>
  image_key: string | null
  image_remote_url: string | null
  fetched_at: number | null
  created_at: number
}

export interface PostCardsTable {
  post_id: number
  card_id: number
}

export interface JobsTable {
  id: number
  queue: string
  kind: string
  key: string | null
  payload: string
  run_at: number
  attempts: Generated<number>
  lease_until: Generated<number>
  last_error: string | null
  created_at: number
}

export interface DeadJobsTable {
  id: number
  queue: string
  kind: string
  key: string | null
  payload: string
  run_at: number
  attempts: Generated<number>
  lease_until: Generated<number>
  last_error: string | null
  created_at: number
  failed_at: number
}

export interface ReceivedActivitiesTable {
  uri: string
  received_at: number
}

export interface OutgoingActivitiesTable {
  id: number
  account_id: number
  body: string
  digest: string
  created_at: number
}

export interface DeliveriesTable {
  id: number
  activity_id: number
  inbox: string
  host: string
  attempts: Generated<number>
  next_at: number
  lease_until: Generated<number>
  last_error: string | null
  created_at: number
}

export interface HostsTable {
  domain: string
  software: string | null
  version: string | null
  dialect: string | null
  failures: Generated<number>
  failing_since: number | null
  broken_until: Generated<number>
  last_success_at: number | null
  last_failure_at: number | null
  described_at: number | null
  created_at: number
}

export interface DomainPoliciesTable {
  id: number
  domain: string
  severity: Generated<string>
  allowed: Generated<number>
  reject_media: Generated<number>
  reject_reports: Generated<number>
  obfuscate: Generated<number>
  public_comment: Generated<string>
  private_comment: Generated<string>
  created_at: number
}

export interface RelaysTable {
  id: number
  inbox: string
  actor_uri: string | null
  style: string
  state: Generated<string>
  follow_uri: string
  created_at: number
}

export interface TombstonesTable {
  uri: string
  deleted_at: number
}

export interface CustomEmojisTable {
  id: number
  domain: Generated<string>
  shortcode: string
  uri: string | null
  remote_url: string | null
  file_key: string | null
  static_key: string | null
  category: string | null
  visible: Generated<number>
  disabled: Generated<number>
  created_at: number
  updated_at: number
}

export interface ReportsTable {
  id: number
  uri: string | null
  account_id: number
  target_id: number
  post_ids: Generated<string>
  rule_ids: Generated<string>
  comment: Generated<string>
  category: Generated<string>
  forwarded: Generated<number>
  assigned_to_id: number | null
  resolved_at: number | null
  resolved_by_id: number | null
  created_at: number
  updated_at: number
}

export interface ModerationLogTable {
  id: number
  account_id: number | null
  action: string
  target_kind: string
  target_id: number | null
  detail: Generated<string>
  created_at: number
}

export interface PushSubscriptionsTable {
  id: number
  token_id: number
  account_id: number
  endpoint: string
  p256dh: string
  auth: string
  standard: Generated<number>
  policy: Generated<string>
  alerts: Generated<string>
  sealed_token: string | null
  created_at: number
}

export interface AnnouncementsTable {
  id: number
  text: string
  content: string
  starts_at: number | null
  ends_at: number | null
  all_day: Generated<number>
  published_at: number | null
  created_at: number
  updated_at: number
}

export interface AnnouncementReadsTable {
  account_id: number
  announcement_id: number
}

export interface AnnouncementReactionsTable {
  announcement_id: number
  account_id: number
  emoji: string
  created_at: number
}

export interface InvitesTable {
  id: number
  account_id: number
  code: string
  max_uses: number | null
  uses: Generated<number>
  auto_follow: Generated<number>
  expires_at: number | null
  created_at: number
}

export interface RulesTable {
  id: number
  text: string
  hint: Generated<string>
  position: Generated<number>
  deleted_at: number | null
}

export interface SettingsTable {
  key: string
  value: string
}

export interface SuggestionsHiddenTable {
  account_id: number
  target_id: number
}

export interface TagDayAccountsTable {
  day: number
  tag_id: number
  account_id: number
}

export interface IpBlocksTable {
  id: number
  ip: string
  severity: string
  comment: Generated<string>
  expires_at: number | null
  created_at: number
}

export interface EmailDomainBlocksTable {
  id: number
  domain: string
  allow_with_approval: Generated<number>
  created_at: number
}

export interface EmailDomainAttemptsTable {
  block_id: number
  day: number
  address: string
  uses: Generated<number>
}

export interface CanonicalEmailBlocksTable {
  id: number
  hash: string
  account_id: number | null
  created_at: number
}

export interface StrikesTable {
  id: number
  account_id: number | null
  target_id: number
  action: string
  text: Generated<string>
  report_id: number | null
  post_ids: Generated<string>
  overruled_at: number | null
  created_at: number
}

export interface AppealsTable {
  strike_id: number
  account_id: number
  text: string
  state: Generated<string>
  decided_by_id: number | null
  decided_at: number | null
  created_at: number
}

export interface ModerationNotesTable {
  id: number
  account_id: number
  target_kind: string
  target_id: number
  content: string
  created_at: number
}

export interface SeverancesTable {
  id: number
  account_id: number
  kind: string
  target_name: string
  cause: number
  followers_count: Generated<number>
  following_count: Generated<number>
  created_at: number
}

export interface PendingRemovalsTable {
  account_id: number
  due_at: number
}

export interface TrendDecisionsTable {
  kind: string
  target_id: number
  allowed: number
  decided_at: number
}

export interface CardProvidersTable {
  id: number
  domain: string
  trendable: number | null
  reviewed_at: number | null
  requested_at: number | null
}

export interface DayCountsTable {
  day: number
  key: string
  value: number
}

export interface ActiveDaysTable {
  day: number
  account_id: number
}

export interface Tables {
  tag_day_accounts: TagDayAccountsTable
  accounts: AccountsTable
  account_keys: AccountKeysTable
  users: UsersTable
  email_tokens: EmailTokensTable
  sessions: SessionsTable
  apps: AppsTable
  grants: GrantsTable
  tokens: TokensTable
  follows: FollowsTable
  blocks: BlocksTable
  mutes: MutesTable
  account_domain_blocks: AccountDomainBlocksTable
  account_notes: AccountNotesTable
  endorsements: EndorsementsTable
  memberships: MembershipsTable
  circles: CirclesTable
  circle_members: CircleMembersTable
  lists: ListsTable
  list_members: ListMembersTable
  collections: CollectionsTable
  imports: ImportsTable
  archives: ArchivesTable
  post_retention: PostRetentionTable
  collection_items: CollectionItemsTable
  posts: PostsTable
  post_raw: PostRawTable
  post_recipients: PostRecipientsTable
  post_circles: PostCirclesTable
  post_edits: PostEditsTable
  quote_stamps: QuoteStampsTable
  reply_consents: ReplyConsentsTable
  tags: TagsTable
  post_tags: PostTagsTable
  tag_follows: TagFollowsTable
  featured_tags: FeaturedTagsTable
  tag_days: TagDaysTable
  media: MediaTable
  polls: PollsTable
  poll_votes: PollVotesTable
  events: EventsTable
  event_answers: EventAnswersTable
  reactions: ReactionsTable
  bookmarks: BookmarksTable
  pins: PinsTable
  thread_mutes: ThreadMutesTable
  feed_entries: FeedEntriesTable
  conversations: ConversationsTable
  notifications: NotificationsTable
  notification_policies: NotificationPoliciesTable
  notification_requests: NotificationRequestsTable
  notification_permissions: NotificationPermissionsTable
  markers: MarkersTable
  filters: FiltersTable
  filter_keywords: FilterKeywordsTable
  filter_posts: FilterPostsTable
  idempotency: IdempotencyTable
  scheduled_posts: ScheduledPostsTable
  drafts: DraftsTable
  cards: CardsTable
  post_cards: PostCardsTable
  jobs: JobsTable
  dead_jobs: DeadJobsTable
  received_activities: ReceivedActivitiesTable
  outgoing_activities: OutgoingActivitiesTable
  deliveries: DeliveriesTable
  hosts: HostsTable
  domain_policies: DomainPoliciesTable
  relays: RelaysTable
  tombstones: TombstonesTable
  custom_emojis: CustomEmojisTable
  reports: ReportsTable
  moderation_log: ModerationLogTable
  push_subscriptions: PushSubscriptionsTable
  announcements: AnnouncementsTable
  announcement_reads: AnnouncementReadsTable
  announcement_reactions: AnnouncementReactionsTable
  invites: InvitesTable
  rules: RulesTable
  settings: SettingsTable
  suggestions_hidden: SuggestionsHiddenTable
  ip_blocks: IpBlocksTable
  email_domain_blocks: EmailDomainBlocksTable
  email_domain_attempts: EmailDomainAttemptsTable
  canonical_email_blocks: CanonicalEmailBlocksTable
  strikes: StrikesTable
  appeals: AppealsTable
  moderation_notes: ModerationNotesTable
  severances: SeverancesTable
  pending_removals: PendingRemovalsTable
  trend_decisions: TrendDecisionsTable
  card_providers: CardProvidersTable
  day_counts: DayCountsTable
  active_days: ActiveDaysTable
}
