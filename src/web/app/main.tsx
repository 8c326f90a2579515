// Starts the signed-in client: language and looks first, then the frame and the stream.
import { render } from 'preact'
// oxlint-disable-next-line import/no-unassigned-import -- the build takes the style from here
import '../styles/client.css'
import { LANGUAGES, speak } from '../i18n/words.ts'
import type { Language } from '../i18n/words.ts'
import { startWriting } from '../compose/waits.ts'
import { keepTime } from '../ui/now.ts'
import { startKeys } from './keys.tsx'
import { startLive } from './live.ts'
import { startOffline } from './offline.ts'
import { startRouter } from './router.ts'
import { Shell } from './shell.tsx'

async function start(): Promise<void> {
  const language = document.documentElement.lang
  if (language !== 'en' && language in LANGUAGES) {
    const { german } = await import('../i18n/de.ts')
    speak(language as Language, german)
  }
  startRouter()
  startKeys()
  keepTime()
  const root = document.getElementById('app')
  if (root) render(<Shell />, root)
  startLive()
  startOffline()
  startWriting()
}

void start()
