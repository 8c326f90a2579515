// German words of notifications: their kinds, what is put aside, settings.
import type { enNews } from './en-news.ts'

export const deNews: Record<keyof typeof enNews, string> = {
  'notifications.likes': 'Reaktionen',
  'notifications.follows': 'Follower',
  'notifications.posts': 'Beiträge',
  'notifications.emptyTab': 'Von dieser Art ist noch nichts geschehen.',
  'notifications.signUp': '{name} hat sich hier angemeldet',
  'notifications.signUpMany':
    '{name} und {others, plural, one {eine weitere Person} other {# weitere}} haben sich hier angemeldet',
  'notifications.report': '{name} hat {target} gemeldet',
  'notifications.reportOpen': 'Meldung ansehen',
  'notifications.severed': 'Du hast Verbindungen zu einem anderen Server verloren',
  'notifications.severedServer':
    'Die Moderation hat den Kontakt zu {name} beendet. Du hast {followers, plural, one {einen Follower} other {# Follower}} verloren, und {following, plural, one {eine Person, der} other {# Leute, denen}} du gefolgt bist.',
  'notifications.severedByYou':
    'Du hast {name} blockiert. Damit {followers, plural, one {ging ein Follower} other {gingen # Follower}} verloren, und {following, plural, one {eine Person, der} other {# Leute, denen}} du gefolgt bist.',
  'notifications.severedAccount':
    'Die Moderation hat {name} gesperrt. Du hast {followers, plural, one {einen Follower} other {# Follower}} verloren, und {following, plural, one {eine Person, der} other {# Leute, denen}} du gefolgt bist.',
  'notifications.warning.none': 'Die Moderation hat dir geschrieben',
  'notifications.warning.disable': 'Die Moderation hat die Anmeldung mit deinem Konto gesperrt',
  'notifications.warning.mark_statuses_as_sensitive':
    'Die Moderation hat Beiträge von dir als heikel markiert',
  'notifications.warning.delete_statuses': 'Die Moderation hat Beiträge von dir entfernt',
  'notifications.warning.sensitive': 'Deine Medien werden von nun an als heikel markiert',
  'notifications.warning.silence':
    'Die Moderation hat dein Konto eingeschränkt: nur deine Follower sehen deine Beiträge, ohne danach zu suchen',
  'notifications.warning.suspend': 'Die Moderation hat dein Konto gesperrt',
  'requests.title': 'Beiseitegelegt',
  'requests.waiting': '{count, plural, one {Eine Person wurde} other {# Leute wurden}} beiseitegelegt',
  'requests.text': 'Die Mitteilungen dieser Leute wurden beiseitegelegt, wie du es wolltest.',
  'requests.settings': 'Ändern, was beiseitegelegt wird',
  'requests.count': '{count, plural, one {# Mitteilung} other {# Mitteilungen}}',
  'requests.accept': 'Zeigen',
  'requests.dismiss': 'Verwerfen',
  'requests.acceptAll': 'Alle zeigen',
  'requests.dismissAll': 'Alle verwerfen',
  'requests.acceptAllSure':
    '{count, plural, one {Die Mitteilungen einer Person von nun an zeigen?} other {Die Mitteilungen aller # Leute von nun an zeigen?}}',
  'requests.dismissAllSure':
    '{count, plural, one {Die Mitteilungen einer Person verwerfen?} other {Die Mitteilungen aller # Leute verwerfen?}}',
  'requests.empty': 'Niemand ist beiseitegelegt',
  'settings.notifications': 'Mitteilungen',
  'settings.notificationsHint': 'Was dieses Gerät dir sagt, und wessen Mitteilungen beiseitegelegt werden.',
  'policy.title': 'Beiseitelegen',
  'policy.text':
    'Was Fremde tun, kann aus deinen Mitteilungen herausgehalten werden, um es dir anzusehen, wann du magst, oder gar nicht.',
  'policy.for_not_following': 'Leute, denen du nicht folgst',
  'policy.for_not_followers': 'Leute, die dir nicht oder erst seit wenigen Tagen folgen',
  'policy.for_new_accounts': 'Konten, die jünger als ein Monat sind',
  'policy.for_private_mentions': 'Private Erwähnungen, um die niemand gebeten hat',
  'policy.for_limited_accounts': 'Konten, die die Moderation eingeschränkt hat',
  'policy.for_bots': 'Automatische Konten',
  'policy.accept': 'Zeigen',
  'policy.filter': 'Beiseitelegen',
  'policy.drop': 'Nicht beachten',
}
