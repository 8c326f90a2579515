// German words of filters, suggestions and the way to other parts of the server.
import type { enMore } from './en-more.ts'

export const deMore: Record<keyof typeof enMore, string> = {
  'nav.admin': 'Verwaltung',
  'nav.pending': '{count, plural, one {# Sache wartet} other {# Sachen warten}}',
  'people.suggested': 'Leute, denen du folgen könntest',
  'search.trending': 'Gerade viel benutzt',
  'home.announcement': 'Ankündigung',
  'settings.filters': 'Filter',
  'settings.security': 'Passwort und Sicherheit',
  'site.privacy': 'Datenschutz',
  'filters.new': 'Neuer Filter',
  'filters.edit': 'Filter bearbeiten',
  'filters.remove': 'Filter löschen',
  'filters.removeSure': 'Den Filter „{title}“ löschen?',
  'filters.empty': 'Keine Filter',
  'filters.emptyText':
    'Ein Filter hält Beiträge mit bestimmten Wörtern fern oder zeigt sie erst nach einem Hinweis.',
  'filters.title': 'Name',
  'filters.words': 'Wörter oder Wendungen, je eine Zeile',
  'filters.action': 'Was mit solchen Beiträgen geschieht',
  'filters.warn': 'Erst nach einem Hinweis zeigen',
  'filters.hide': 'Gar nicht zeigen',
  'filters.blur': 'Medien verbergen',
  'filters.where': 'Wo er gilt',
  'filters.home': 'Start und Listen',
  'filters.notifications': 'Mitteilungen',
  'filters.public': 'Öffentliche Zeitleisten',
  'filters.thread': 'Fäden',
  'filters.account': 'Profile',
}
