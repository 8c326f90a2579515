// The list of everything that facts set off here; protocols add their own.
import type { Teller } from './consequences.ts'
import { previewSoon } from './cards/preview-soon.ts'
import { leaveCircles } from './circles/leave-circles.ts'
import { converse } from './conversations/converse.ts'
import { notify } from './notifications/notify.ts'
import { noteWords } from './posts/note-words.ts'
import { sweepPost } from './posts/sweep-post.ts'
import { feedHome } from './timelines/feed-home.ts'
import { endStreams } from './sign-in/end-streams.ts'
import { streamDeletions, streamPosts } from './timelines/stream-posts.ts'

/** In this order: streams go to the feeds that hold a post, so before it is taken out and after it is put in. */
export const allTellers: readonly Teller[] = [
  endStreams,
  streamDeletions,
  feedHome,
  leaveCircles,
  streamPosts,
  notify,
  converse,
  noteWords,
  previewSoon,
  sweepPost,
]
