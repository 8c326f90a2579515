// What suspended and frozen people are told, in German.
export const germanShutOut = {
  'Your account is frozen': 'Dein Konto ist eingefroren',
  'Your account is suspended': 'Dein Konto ist gesperrt',
  'The moderators of {domain} have frozen it: you cannot use it, but what you wrote is still there.':
    'Die Moderation von {domain} hat es eingefroren: Du kannst es nicht benutzen, aber was du geschrieben hast, ist noch da.',
  'The moderators of {domain} have suspended it: you cannot use it, and nobody sees what you wrote.':
    'Die Moderation von {domain} hat es gesperrt: Du kannst es nicht benutzen, und niemand sieht, was du geschrieben hast.',
  'It is deleted for good on {day}.': 'Am {day} wird es endgültig gelöscht.',
  Why: 'Warum',
  'Your appeal': 'Dein Einspruch',
  'The moderators looked at it again and did not change their mind.':
    'Die Moderation hat noch einmal hingesehen und bleibt dabei.',
  'The moderators will look at it.': 'Die Moderation sieht ihn sich an.',
  'If you think that this is a mistake, write to the people who run this server.':
    'Wenn du das für einen Irrtum hältst, schreib den Leuten, die diesen Server betreiben.',
  'Who they are': 'Wer sie sind',
  'Is this a mistake?': 'Ist das ein Irrtum?',
  'Tell the moderators why': 'Sag der Moderation, warum',
  'You can ask them once, within 20 days.': 'Das geht einmal, innerhalb von 20 Tagen.',
  'Ask them to look again': 'Um einen zweiten Blick bitten',
  'Take your data along': 'Nimm deine Daten mit',
  'These files can be read in on another server.':
    'Diese Dateien lassen sich auf einem anderen Server einlesen.',
  'People you follow': 'Leute, denen du folgst',
  'People you muted': 'Leute, die du stummgeschaltet hast',
  'People you blocked': 'Leute, die du blockiert hast',
  'Servers you blocked': 'Server, die du blockiert hast',
  'Your lists': 'Deine Listen',
  'Your bookmarks': 'Deine Lesezeichen',
}
