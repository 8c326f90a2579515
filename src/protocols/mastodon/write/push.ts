// What is pushed about a notification, in a few plain words.
import type * as entity from '../../../contract/entities.ts'
import { htmlToText } from '../../../lib/html/plain-text.ts'

type Told = Omit<entity.WebPushPayload, 'access_token' | 'preferred_locale' | 'account_id'>

const TITLES: Partial<Record<entity.Notification['type'], (name: string) => string>> = {
  mention: (name) => `You were mentioned by ${name}`,
  status: (name) => `${name} just posted`,
  reblog: (name) => `${name} boosted your post`,
  follow: (name) => `${name} is now following you`,
  follow_request: (name) => `${name} wants to follow you`,
  favourite: (name) => `${name} favourited your post`,
  poll: () => 'A poll has ended',
  update: (name) => `${name} edited a post`,
  quote: (name) => `${name} quoted your post`,
  quoted_update: (name) => `${name} edited a post that you quoted`,
  moderation_warning: () => 'The moderators have done something about your account',
  severed_relationships: () => 'You have lost follows because of a decision of the moderators',
  'admin.sign_up': (name) => `${name} signed up`,
  'admin.report': (name) => `${name} filed a report`,
}

/** What happened, in a sentence about whoever did it. */
export function titleOf(type: entity.Notification['type'], name: string): string {
  return TITLES[type]?.(name) ?? name
}

const MOST_BODY = 140

/** A warning stands for what it warns of. */
export function writePush(notification: entity.Notification): Told {
  const { account, status } = notification
  const name = account.display_name === '' ? account.username : account.display_name
  const said = status
    ? status.spoiler_text === ''
      ? htmlToText(status.content ?? '', 2000)
      : status.spoiler_text
    : htmlToText(account.note, 2000)
  return {
    notification_id: Number(notification.id),
    notification_type: notification.type,
    icon: account.avatar_static,
    title: titleOf(notification.type, name),
    body: shorten(said.replaceAll(/\s+/g, ' ')),
  }
}

function shorten(text: string): string {
  const signs = Array.from(text)
  return signs.length <= MOST_BODY ? text : `${signs.slice(0, MOST_BODY - 1).join('')}…`
}
