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
  'retention.title': 'Alte Beiträge',
  'retention.hint': 'Deine Beiträge löschen sich nach einiger Zeit von selbst',
  'retention.text':
    'Ältere Beiträge werden hier gelöscht, und andere Server werden gebeten, sie auch zu löschen. Das lässt sich nicht zurücknehmen. Auch was du geteilt hast, wird zurückgenommen. Es geschieht einmal am Tag, wenn der Server aufräumt.',
  'retention.on': 'Meine alten Beiträge von selbst löschen',
  'retention.days': 'Älter als',
  'retention.keep': 'Aber behalten',
  'retention.pinned': 'Beiträge, die an meinem Profil angeheftet sind',
  'retention.direct': 'Private Nachrichten',
  'retention.media': 'Beiträge mit Bildern, Videos oder Tönen',
  'retention.polls': 'Beiträge mit einer Umfrage',
  'retention.bookmarked': 'Beiträge, bei denen ich ein Lesezeichen habe',
  'retention.favourited': 'Beiträge, die ich favorisiert habe',
  'retention.minFavourites': 'Beiträge ab so vielen Favoriten',
  'retention.minBoosts': 'Beiträge, die so oft geteilt wurden',
  'retention.noMatter': 'Lass es leer, wo die Zahl keine Rolle spielt.',
  'retention.sure':
    'Beiträge, die älter sind als {days, plural, one {# Tag} other {# Tage}}, werden für immer gelöscht, außer denen, die du behältst. Weiter?',
  'retention.ageDays': '{days, plural, one {# Tag} other {# Tage}}',
  'data.mode': 'Was mit dem geschieht, was da ist',
  'data.merge': 'Es bleibt, die Liste kommt dazu',
  'data.replace': 'Es verschwindet, wo es nicht in der Liste steht',
  'data.replaceSure':
    '{removes, plural, =0 {Nichts, was da ist, wird entfernt.} one {# Eintrag, der jetzt da ist, wird entfernt: {examples}.} =1000 {Tausend Einträge oder mehr werden entfernt, etwa {examples}.} other {# Einträge, die jetzt da sind, werden entfernt, etwa {examples}.}} {total, plural, one {# Eintrag steht in der Datei.} other {# Einträge stehen in der Datei.}} Weiter?',
  'data.removed': '{count, plural, one {# entfernt} other {# entfernt}}',
}
