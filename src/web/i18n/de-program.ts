// Words about the program itself, in German.
import type { enProgram } from './en-program.ts'

export const deProgram: Record<keyof typeof enProgram, string> = {
  'program.title': 'Das Programm',
  'program.text':
    'Auf diesem Server läuft Folkmoot, freie Software unter der GNU Affero General Public License, Version 3 oder später: Du darfst sie benutzen, lesen, ändern und weitergeben.',
  'program.source': 'Sein Quelltext',
}
