// Words about the program itself, in English.

export const enProgram = {
  'program.title': 'The program',
  'program.text':
    'This server runs Folkmoot, free software under the GNU Affero General Public License, version 3 or later: you may use, read, change and share it.',
  'program.source': 'Its source',
} as const
