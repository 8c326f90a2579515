// The list of migrations, in the order they are applied; never change one that has been released, add another.
import type { Migration } from '../migrate.ts'
import { migration as accounts } from './0001-accounts.ts'
import { migration as posts } from './0002-posts.ts'
import { migration as tagDays } from './0004-tag-days.ts'
import { migration as quoteStamps } from './0005-quote-stamps.ts'
import { migration as server } from './0003-server.ts'
import { migration as sessionTokens } from './0006-session-tokens.ts'
import { migration as pushTokens } from './0080-push-tokens.ts'
import { migration as collections } from './0070-collections.ts'
import { migration as imports } from './0071-imports.ts'
import { migration as inlineMedia } from './0010-inline-media.ts'
import { migration as drafts } from './0050-drafts.ts'
import { migration as replies } from './0011-replies.ts'
import { migration as oldDays } from './0095-old-days.ts'
import { migration as moderation } from './0040-moderation.ts'
import { migration as archives } from './0090-archives.ts'
import { migration as postRetention } from './0091-post-retention.ts'
import { migration as importMode } from './0092-import-mode.ts'

export const migrations: readonly Migration[] = [
  accounts,
  posts,
  server,
  tagDays,
  quoteStamps,
  sessionTokens,
  pushTokens,
  inlineMedia,
  drafts,
  replies,
  moderation,
  collections,
  imports,
  oldDays,
  archives,
  postRetention,
  importMode,
]
