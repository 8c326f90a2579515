// What an app shows of a notification whose type it does not know: a sentence, and the beginning of the post.
import type * as entity from '../../../contract/entities.ts'
import { escapeHtml } from '../../../lib/html/escape.ts'
import { htmlToText } from '../../../lib/html/plain-text.ts'
import { titleOf } from './push.ts'

interface Told {
  type: entity.Notification['type']
  account: entity.Account | undefined
  status: entity.Status | undefined
}

const MOST_SUMMARY = 200

/** Nothing for types that the app named, or when it named none. */
export function writeFallback(
  supported: readonly string[] | undefined,
  { type, account, status }: Told,
): { fallback?: entity.NotificationFallback } {
  if (supported === undefined || supported.includes(type)) return {}
  const name = account?.display_name || account?.username || ''
  const said = status?.spoiler_text || htmlToText(status?.content ?? '', MOST_SUMMARY)
  return {
    fallback: {
      title: escapeHtml(titleOf(type, name)),
      summary: said === '' ? null : escapeHtml(said),
      description: null,
    },
  }
}
