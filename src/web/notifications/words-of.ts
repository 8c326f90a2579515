// What a group of notifications says, in a sentence.
import { me } from '../api/session.ts'
import { t } from '../i18n/words.ts'
import { nameOf } from '../post/who.tsx'
import type { Group } from './groups.ts'

function severed({ event }: Group): string {
  if (!event) return t('notifications.severed')
  const values = {
    name: event.target_name,
    followers: event.followers_count,
    following: event.following_count,
  }
  if (event.type === 'user_domain_block') return t('notifications.severedByYou', values)
  return t(
    event.type === 'domain_block' ? 'notifications.severedServer' : 'notifications.severedAccount',
    values,
  )
}

export function wordsOf(group: Group): string {
  const [first] = group.people
  const name = first ? nameOf(first) : ''
  const others = group.count - 1
  switch (group.type) {
    case 'favourite':
    case 'reblog':
    case 'follow':
      return others > 0
        ? t(`notifications.${group.type}Many`, { name, others })
        : t(`notifications.${group.type}`, { name })
    case 'poll':
      return t(first?.id === me.value.id ? 'notifications.pollOwn' : 'notifications.poll')
    case 'follow_request':
    case 'update':
    case 'status':
    case 'quote':
    case 'quoted_update':
      return t(`notifications.${group.type}`, { name })
    case 'admin.sign_up':
      return others > 0
        ? t('notifications.signUpMany', { name, others })
        : t('notifications.signUp', { name })
    case 'admin.report':
      return t('notifications.report', {
        name,
        target: group.report ? nameOf(group.report.target_account) : '',
      })
    case 'severed_relationships':
      return severed(group)
    case 'moderation_warning':
      return t(`notifications.warning.${group.moderation_warning?.action ?? 'none'}`)
    default:
      return t('notifications.other')
  }
}
