// What the client does for times without a connection, and beside the page: worker, what waits, other accounts.
import { me } from '../api/session.ts'
import { startKeepingHome } from '../offline/kept-home.ts'
import { startPending } from '../offline/pending.ts'
import { renewPush } from '../offline/push.ts'
import { startWorker } from '../offline/register.ts'
import { changeTo, watchOthers } from './accounts.ts'
import { go } from './router.ts'

/** How long the first screen has the connection for itself. */
const SOON_MS = 3000

export function startOffline(): void {
  startWorker(({ account, path }) => {
    if (account === '' || account === me.peek().id) go(path)
    else void changeTo(account, path)
  })
  startKeepingHome()
  startPending()
  setTimeout(() => {
    watchOthers()
    void renewPush().catch(() => undefined)
  }, SOON_MS)
}
