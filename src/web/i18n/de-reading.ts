// German words of reading and joining.
import type { enReading } from './en-reading.ts'

export const deReading: Record<keyof typeof enReading, string> = {
  'feeds.read': 'Im Feedreader lesen:',
  'explore.popular': 'Beliebt',
  'explore.tags': 'Hashtags',
  'explore.links': 'Links',
  'explore.people': 'Leute',
  'explore.quiet': 'Gerade ragt nichts heraus',
  'explore.quietText': 'Was viele innerhalb weniger Tage favorisieren, teilen oder erwähnen, steht hier.',
  'explore.shared': 'Geteilt von {count, plural, one {# Person} other {# Leuten}}',
  'explore.nobody': 'Noch steht niemand hier',
  'explore.nobodyText': 'Hier stehen Leute, die in ihrem Profil angeben, dass sie gefunden werden möchten.',
  'about.privacy': 'Datenschutzerklärung',
  'about.terms': 'Nutzungsbedingungen',
  'about.limits': 'Was in einen Beitrag passt',
  'about.characters': 'Zeichen',
  'about.files': 'Bilder oder Videos',
  'about.imageSize': 'Größe eines Bildes',
  'about.videoSize': 'Größe eines Videos',
  'about.pollOptions': 'Antworten einer Umfrage',
  'about.megabytes': 'bis {count} MB',
  'about.blocks': 'Server, von denen wir uns fernhalten',
  'about.blocksText':
    'Die Betreiber haben entschieden, mit diesen Servern keine Beiträge auszutauschen oder sie nur denen zu zeigen, die dort jemandem folgen.',
  'about.noBlocks': 'Zurzeit keine.',
  'about.blocksCount': '{count, plural, one {# Server} other {# Server}}',
  'about.suspended': 'Kein Austausch',
  'about.silenced': 'Nur für Folgende sichtbar',
}
