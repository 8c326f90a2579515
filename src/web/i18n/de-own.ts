// German words about what somebody owns here.
import type { enOwn } from './en-own.ts'

export const deOwn: Record<keyof typeof enOwn, string> = {
  'archive.title': 'Alles in einem Archiv',
  'archive.text':
    'Dein Profil, alle deine Beiträge (auch private), Geteiltes, Favoriten, Lesezeichen, Listen und Dateien. Einmal in 7 Tagen; so lange bleibt es hier, und nur du kannst es abholen.',
  'archive.ask': 'Archiv anfordern',
  'archive.asked': 'Dein Archiv wird gemacht; du kannst inzwischen weitermachen',
  'archive.making': 'Wird gemacht: {done} von {total}',
  'archive.ready': 'Fertig seit {date}, bis {until}',
  'archive.failed': 'Das Archiv vom {date} konnte nicht gemacht werden. Fordere es noch einmal an.',
  'archive.fetch': 'Abholen ({size})',
}
