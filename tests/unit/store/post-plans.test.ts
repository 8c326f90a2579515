// The statements behind every post, home and notification find their rows by an index, however large the tables are.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Kysely } from 'kysely'
import { insertBookmark, removeBookmark } from '../../../src/store/bookmarks.ts'
import {
  findLastDirectPost,
  listConversationsEndingWith,
  putConversations,
} from '../../../src/store/conversations.ts'
import { findLocalEmojis } from '../../../src/store/custom-emojis.ts'
import {
  backfillFeed,
  nextFeed,
  removeAuthorFromFeeds,
  removeBoostsOfFromFeeds,
  removePostFromFeeds,
  trimFeed,
} from '../../../src/store/feed-removal.ts'
import {
  feedFollowers,
  feedLists,
  feedMembers,
  feedRecipients,
  feedTagFollowers,
  listFeedsWith,
} from '../../../src/store/feeds.ts'
import type { FeedPost } from '../../../src/store/feeds.ts'
import { attachMedia, detachMedia, listMediaOf } from '../../../src/store/media-rows.ts'
import { countGroups, sampleGroups } from '../../../src/store/notification-groups.ts'
import { listNotificationReaders } from '../../../src/store/notification-readers.ts'
import {
  listLocalBoosters,
  listLocalFollowers,
  listLocalQuoters,
  listUsersAmong,
  listUsersWithRole,
  removeNotification,
  removeNotificationsAbout,
  removeNotificationsFrom,
} from '../../../src/store/notifications.ts'
import {
  findAccountIds,
  findAuthor,
  findAuthorsByHandle,
  followsAccepted,
  listExisting,
} from '../../../src/store/post-authors.ts'
import { removePostParts, removePostTraces } from '../../../src/store/post-remains.ts'
import {
  findIdempotencyResult,
  findLatestEdit,
  isDeleted,
  takeIdempotencyKey,
} from '../../../src/store/post-rows.ts'
import { loadStandings } from '../../../src/store/post-standing.ts'
import { listChoices, listLocalVoters, lockPoll, removeVotes } from '../../../src/store/polls.ts'
import {
  addToPostCounter,
  countPostOf,
  findBoost,
  findPost,
  findPostByUri,
  findPosts,
  findWaitingReplies,
  joinThreads,
  lockPost,
} from '../../../src/store/posts.ts'
import { findReaction, findReactionByUri } from '../../../src/store/reactions.ts'
import {
  deleteCircle,
  findCircle,
  leaveCirclesOf,
  listCircles,
  listCirclesOfPost,
  listCirclesWith,
  pageCircleHome,
  pageCircleMembers,
  pageCirclePosts,
} from '../../../src/store/circles.ts'
import { countDrafts, pageDrafts } from '../../../src/store/drafts.ts'
import { listPlannedTexts } from '../../../src/store/prune-media.ts'
import { listPins } from '../../../src/store/pins.ts'
import { loadOwnVotes } from '../../../src/store/post-views.ts'
import { loadRelations } from '../../../src/store/relations.ts'
import { pageAccountPosts } from '../../../src/store/timelines.ts'
import { listCircleMembers, listRecipients, pageRecipients } from '../../../src/store/recipients.ts'
import type { Tables } from '../../../src/store/schema.ts'
import { ensureTags, listPostTags, noteTagUser } from '../../../src/store/tags.ts'
import { forEachEngine, openTestStore } from '../../database.ts'
import type { TestStore } from '../../database.ts'
import { wholeTableReads } from './explain.ts'

const post: FeedPost = {
  id: 1,
  authorId: 2,
  boostOfId: 3,
  lately: 0,
  people: [2, 4],
  authorIds: [2, 4],
  domains: ['far.test'],
  language: 'en',
  groupId: 5,
  replyToId: 6,
  followedId: 4,
  now: 7,
}

const at = { now: 0, nextId: () => 1 }
const page = { afterId: 0, limit: 10 }

const work: Record<string, (db: Kysely<Tables>) => Promise<unknown>> = {
  'a post is found': async (db) => {
    await findPost(db, 1)
    await findPosts(db, [1, 2])
    await findPostByUri(db, 'x')
    await lockPost(db, 1)
    await findBoost(db, 1, 2)
    await loadStandings(db, { id: 1, domain: 'far.test' }, [1, 2])
  },
  'a reader looks at people and polls': async (db) => {
    await loadRelations(db, 1, [2, 3], 0)
    await loadOwnVotes(db, 1, [2, 3])
    await listPins(db, 1, 5)
    const open = { audiences: ['public', 'unlisted'], withoutReplies: true, withoutBoosts: true }
    const all = { accountId: 1, onlyMedia: true, tagId: 7, namedId: 8 }
    await pageAccountPosts(db, { ...all, ...open }, { limit: 20, maxId: 9 })
  },
  'notifications are taken together': async (db) => {
    const range = { accountId: 1, keys: ['a', 'b'], lowest: 1, highest: 9, withFiltered: false }
    await countGroups(db, range)
    await sampleGroups(db, range, 8)
  },
  'authors are found': async (db) => {
    await findAuthor(db, 1)
    await findAccountIds(db, ['a', 'b'])
    await findAuthorsByHandle(db, [
      { usernameKey: 'a', domain: '' },
      { usernameKey: 'b', domain: 'b.test' },
    ])
    await followsAccepted(db, 1, 2)
    await listExisting(db, [1, 2])
  },
  'a post is stored': async (db) => {
    await isDeleted(db, 'x')
    await findIdempotencyResult(db, { accountId: 1, key: 'k', since: 0 })
    await takeIdempotencyKey(db, { accountId: 1, key: 'k', result: '1', now: 0, since: 0 })
    await findWaitingReplies(db, 'x', 10)
    await joinThreads(db, [1, 2], 3)
    await ensureTags(db, [{ name: 'a', displayName: 'A' }], at)
    await findLocalEmojis(db, ['a'])
    await attachMedia(db, { id: 1, accountId: 2 }, [3, 4])
    await countPostOf(db, 1, 1, 5)
    await addToPostCounter(db, 1, 'replies_count', -1)
    await listCircleMembers(db, [1, 2], 10)
  },
  'a post enters feeds': async (db) => {
    for (const readers of ['followers', 'recipients', 'members'] as const) {
      await feedFollowers(db, post, readers)
      await feedLists(db, post, readers)
    }
    await feedRecipients(db, post)
    await feedMembers(db, post, 5)
    await feedTagFollowers(db, post, [1, 2])
    await listFeedsWith(db, 1, 0, 10)
    await backfillFeed(db, { readerId: 1, authorId: 2, limit: 20 })
  },
  'posts leave feeds': async (db) => {
    await removeAuthorFromFeeds(db, 1, 2)
    await removeBoostsOfFromFeeds(db, 1, 2)
    await removePostFromFeeds(db, 1, 10)
    await nextFeed(db, 1)
    await trimFeed(db, 1, 1000, 500)
  },
  'people are told': async (db) => {
    await listRecipients(db, 1)
    await listPostTags(db, 1)
    await listNotificationReaders(db, [1, 2], { id: 3, domain: 'far.test', threadId: 4, now: 5 })
    await listLocalFollowers(db, 1, { ...page, notify: true })
    await listLocalBoosters(db, 1, 0, 10)
    await listLocalQuoters(db, 1, 10)
    await listLocalVoters(db, 1, 0, 10)
    await listUsersAmong(db, [1, 2])
    await listUsersWithRole(db, ['admin'], 10)
    await findLatestEdit(db, 1)
    await removeNotification(db, { accountId: 1, kind: 'like', fromId: 2, subjectId: 3 })
    await removeNotificationsFrom(db, 1, 2)
    await removeNotificationsAbout(db, 1, 10)
    await noteTagUser(db, [1], { accountId: 1, day: 20_000 })
  },
  'conversations gather': async (db) => {
    const entry = { id: 1, accountId: 2, threadId: 3, postId: 4, participantIds: [5], unread: true }
    await putConversations(db, [entry])
    await listConversationsEndingWith(db, 1, [2, 3])
    await findLastDirectPost(db, 1, 2)
  },
  'people react and vote': async (db) => {
    await findReaction(db, { postId: 1, accountId: 2, kind: 'like' })
    await findReactionByUri(db, 'x')
    await lockPoll(db, 1)
    await listChoices(db, 1, 2)
    await removeVotes(db, 1, 10)
    await insertBookmark(db, { id: 1, accountId: 2, postId: 3 })
    await removeBookmark(db, 1, 2)
  },
  'a post is removed': async (db) => {
    await removePostParts(db, 1)
    await removePostTraces(db, 1, 10)
    await detachMedia(db, 1, [2])
    await listMediaOf(db, 1)
  },
}

work['circles and drafts are read'] = async (db) => {
  const window = { limit: 20, maxId: 9 }
  await findCircle(db, 1)
  await listCircles(db, 1)
  await listCirclesWith(db, 1, 2)
  await listCirclesOfPost(db, 1)
  await pageCircleMembers(db, 1, window)
  await pageCirclePosts(db, 1, window)
  await pageCircleHome(db, { id: 1, account_id: 2 }, window)
  await leaveCirclesOf(db, 1, 2)
  await deleteCircle(db, 1)
  await pageRecipients(db, 1, 10)
  await pageDrafts(db, 1, window)
  await countDrafts(db, 1, 10)
  await listPlannedTexts(db, [1, 2])
}

forEachEngine((engine) => {
  let db: TestStore
  before(async () => {
    db = await openTestStore(engine)
  })
  after(() => db.close())

  for (const [name, statements] of Object.entries(work)) {
    test(`${name} without reading a table whole`, async () => {
      assert.deepEqual(await wholeTableReads(db.store, statements), [])
    })
  }

  test('a statement that reads a table whole is noticed', async () => {
    const problems = await wholeTableReads(db.store, (handle) =>
      handle.selectFrom('posts').select('id').where('title', '=', 'x').execute(),
    )
    assert.equal(problems.length, 1)
  })
})
