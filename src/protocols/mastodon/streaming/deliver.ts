// Turns "this happened to that id" into what each reader gets: loaded for all at once, written once per way to see it.
import { REACTED } from '../../../domain/announcements/tell-listeners.ts'
import { readConversation } from '../../../domain/conversations/read-conversations.ts'
import { readNotification } from '../../../domain/notifications/read-notifications.ts'
import { viewForMany } from '../../../domain/posts/view-for-many.ts'
import type { PostView } from '../../../model/post-view.ts'
import type { Api } from '../api.ts'
import { showConversations } from '../routes/conversations.ts'
import { showNotifications } from '../routes/notifications.ts'
import { showAnnouncement, showReaction } from '../show-announcements.ts'
import { frameFor } from '../show.ts'
import { statusText } from '../write/status-text.ts'
import type { StatusFrame } from '../write/status.ts'
import { createMessage } from './message.ts'
import type { Message } from './message.ts'
import type { Outlet } from './outlet.ts'
import type { Stream } from './streams.ts'

/** One stream of one connection; `open` turns false when it was left. */
export interface Subscription {
  outlet: Outlet
  stream: Stream
  open: boolean
}

/** A message of the live bus with everybody here who hears it. */
export interface Told {
  event: string
  id: number
  targets: Set<Subscription>
}

export async function deliver(api: Api, told: Told): Promise<void> {
  switch (told.event) {
    case 'post':
      return deliverPost(api, told, 'update')
    case 'post-edited':
      return deliverPost(api, told, 'status.update')
    case 'post-deleted':
      return sendAll(told.targets, createMessage('delete', String(told.id)))
    case 'notifications-merged':
      return sendAll(told.targets, createMessage('notifications_merged', '1'))
    // It carries nothing: whoever hears it reads the filters anew.
    case 'filters-changed':
      return sendAll(told.targets, createMessage('filters_changed'))
    case 'announcement':
      return deliverOwn(told, (accountId) => showAnnouncement(api, accountId, told.id))
    case 'announcement-deleted':
      return sendAll(told.targets, createMessage('announcement.delete', String(told.id)))
    case 'notification':
      return deliverOwn(told, async (accountId) => {
        const row = await readNotification(api, accountId, told.id)
        return row && (await showNotifications(api, accountId, [row]))[0]
      })
    case 'conversation':
      return deliverOwn(told, async (accountId) => {
        const row = await readConversation(api, accountId, told.id)
        return row && (await showConversations(api, accountId, [row]))[0]
      })
    default:
      if (told.event.startsWith(REACTED)) return deliverReaction(api, told)
  }
}

async function deliverReaction(api: Api, told: Told): Promise<void> {
  const reaction = await showReaction(api, told)
  if (reaction) sendAll(told.targets, createMessage('announcement.reaction', JSON.stringify(reaction)))
}

async function deliverPost(api: Api, told: Told, event: string): Promise<void> {
  const targets = [...told.targets].filter((target) => target.open)
  const readerIds = [...new Set(targets.map((target) => target.outlet.reader.accountId))]
  const views = await viewForMany(api.store.read, told.id, readerIds, api.clock.now())
  const frames = new Map<number, StatusFrame>()
  for (const readerId of readerIds) frames.set(readerId, await frameFor(api, readerId))
  const written = new Map<string, Message>()
  const byReader = new Map<number, Message>()
  const messageFor = (view: PostView, readerId: number): Message => {
    const known = byReader.get(readerId)
    if (known) return known
    const frame = frames.get(readerId) as StatusFrame
    const sight = JSON.stringify(sightOf(view, frame))
    const message = written.get(sight) ?? createMessage(event, statusText(view, frame))
    written.set(sight, message)
    byReader.set(readerId, message)
    return message
  }
  for (const target of targets) {
    const { stream, outlet } = target
    const view = views.get(outlet.reader.accountId)
    if (!view || !target.open || !stream.accepts(view)) continue
    if (stream.byLanguage && !speaksTo(target, view)) continue
    outlet.send(messageFor(view, outlet.reader.accountId), stream.label)
  }
}

function speaksTo({ outlet }: Subscription, { post }: PostView): boolean {
  const { languages, accountId } = outlet.reader
  return (
    languages === null ||
    post.language === null ||
    post.account_id === accountId ||
    languages.includes(post.language)
  )
}

/** Everything in which one reader's view differs from another's: those who see alike share one text. */
function sightOf(view: PostView, frame: StatusFrame): unknown {
  return [
    view.post.account_id === frame.viewerId,
    view.follows,
    view.marks,
    frame.filtered?.(view) ?? [],
    view.poll?.ownVotes,
    view.quote && [view.quote.state, view.quote.postId, view.quote.post && sightOf(view.quote.post, frame)],
    view.boostOf && sightOf(view.boostOf, frame),
  ]
}

/** What belongs to one account is loaded once, however many connections it has. */
async function deliverOwn(
  told: Told,
  load: (accountId: number) => Promise<object | undefined>,
): Promise<void> {
  const event = told.event
  for (const [accountId, targets] of Map.groupBy(told.targets, (one) => one.outlet.reader.accountId)) {
    const shown = await load(accountId)
    if (shown) sendAll(new Set(targets), createMessage(event, JSON.stringify(shown)))
  }
}

function sendAll(targets: ReadonlySet<Subscription>, message: Message): void {
  for (const { open, outlet, stream } of targets) if (open) outlet.send(message, stream.label)
}
