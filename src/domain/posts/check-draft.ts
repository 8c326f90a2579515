// Checks what a local author wrote against the limits, before anything is looked up.
import { countCharacters, countGraphemes } from '../../lib/text/count.ts'
import { Refusal } from '../../model/refusal.ts'
import type { IncomingEvent, PostDraft } from '../../model/post.ts'
import type { Context } from '../context.ts'
import { POST_LIMITS } from './limits.ts'

/** What a draft and an edit have in common. */
export type DraftBody = Pick<
  PostDraft,
  'text' | 'title' | 'spoilerText' | 'mediaIds' | 'mediaAttributes' | 'poll' | 'event' | 'quoteOfId'
>

/** Refuses drafts that are empty, too long or hold what does not go together. */
export function checkDraft(ctx: Context, draft: PostDraft): void {
  checkBody(ctx, draft)
  if (draft.audience === 'circles' && (draft.circleIds ?? []).length === 0) {
    refuse('Choose at least one circle for this post')
  }
  if (draft.audience === 'group' && draft.groupId === undefined) refuse('Choose the group for this post')
  if ((draft.circleIds ?? []).length > POST_LIMITS.circles) {
    refuse(`A post can go to at most ${POST_LIMITS.circles} circles`)
  }
  if ((draft.recipientIds ?? []).length > POST_LIMITS.recipients) {
    refuse(`A post can name at most ${POST_LIMITS.recipients} people`)
  }
  if ((draft.idempotencyKey ?? '').length > 255) refuse('The idempotency key is too long')
}

/** The part that holds for edits as well. */
export function checkBody(ctx: Context, body: DraftBody): void {
  const media = body.mediaIds ?? []
  const hasText = [body.text, body.spoilerText, body.title].some((text) => (text ?? '').trim() !== '')
  if (!hasText && media.length === 0 && !body.poll && !body.event && body.quoteOfId === undefined) {
    refuse('A post cannot be empty')
  }
  const max = ctx.config.limits.postChars
  // Nothing that long needs counting, and counting it would cost.
  if (body.text.length > max * 100 || countCharacters(body.text, body.spoilerText) > max) {
    refuse(`The post is longer than ${max} characters`)
  }
  if (countGraphemes((body.title ?? '').slice(0, 10_000)) > POST_LIMITS.titleChars) {
    refuse(`The title is longer than ${POST_LIMITS.titleChars} characters`)
  }
  checkMedia(body)
  if (body.poll) checkPoll(body.poll, media.length)
  if (body.poll && body.event) refuse('A post cannot hold both a poll and an event')
  if (body.event) checkEvent(body.event, body.title)
}

function checkMedia(body: DraftBody): void {
  const media = body.mediaIds ?? []
  if (new Set(media).size !== media.length) refuse('The same media file is attached twice')
  if (media.length > POST_LIMITS.media) refuse(`A post can hold at most ${POST_LIMITS.media} media files`)
  for (const { description, focus } of body.mediaAttributes ?? []) {
    if ((description ?? '').length > POST_LIMITS.mediaDescriptionChars) {
      refuse(`A media description is longer than ${POST_LIMITS.mediaDescriptionChars} characters`)
    }
    if (focus && !(Math.abs(focus.x) <= 1 && Math.abs(focus.y) <= 1)) {
      refuse('The focal point lies outside the picture')
    }
  }
}

function checkPoll(poll: NonNullable<PostDraft['poll']>, mediaCount: number): void {
  const titles = poll.options.map((option) => option.trim())
  if (mediaCount > 0) refuse('A post cannot hold both media files and a poll')
  if (titles.length < 2) refuse('A poll needs at least two options')
  if (titles.length > POST_LIMITS.pollOptions) {
    refuse(`A poll can have at most ${POST_LIMITS.pollOptions} options`)
  }
  if (titles.some((title) => title === '')) refuse('A poll option cannot be empty')
  if (titles.some((title) => title.length > 5000 || countGraphemes(title) > POST_LIMITS.pollOptionChars)) {
    refuse(`A poll option is longer than ${POST_LIMITS.pollOptionChars} characters`)
  }
  if (new Set(titles).size !== titles.length) refuse('Two options of the poll are the same')
  if (!(poll.expiresInSeconds >= POST_LIMITS.pollMinSeconds)) refuse('The poll ends too soon')
  if (poll.expiresInSeconds > POST_LIMITS.pollMaxSeconds) refuse('The poll ends too late')
}

const YEAR_MS = 31_557_600_000

function checkEvent(event: IncomingEvent, title: string | undefined): void {
  if ((title ?? '').trim() === '') refuse('An event needs a title')
  if (!isMoment(event.startsAt)) refuse('The event needs a time at which it starts')
  if (event.endsAt !== undefined && !(isMoment(event.endsAt) && event.endsAt >= event.startsAt)) {
    refuse('The event ends before it starts')
  }
  if (event.capacity !== undefined && !(Number.isSafeInteger(event.capacity) && event.capacity > 0)) {
    refuse('The capacity of the event must be a positive number')
  }
  const place = event.place
  for (const text of [place?.name, place?.address, place?.url, event.externalUrl, event.timezone]) {
    if ((text ?? '').length > POST_LIMITS.placeChars) refuse('The place of the event is too long')
  }
}

function isMoment(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0 && value < 200 * YEAR_MS
}

function refuse(sentence: string): never {
  throw new Refusal('invalid', sentence)
}
