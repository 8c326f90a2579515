// The service worker: keeps the client and what was read for times without a connection, and shows what is pushed.
import { answerFor } from './answer.ts'
import { dropOldCode, fetchCode } from './code.ts'
import { startPush } from './push.ts'
import { scope } from './scope.ts'

scope.addEventListener('install', (event) => event.waitUntil(fetchCode()))

scope.addEventListener('activate', (event) =>
  event.waitUntil(
    (async () => {
      await dropOldCode()
      // While this worker wakes up, the page is asked for already.
      await scope.registration.navigationPreload.enable()
      await scope.clients.claim()
    })(),
  ),
)

scope.addEventListener('message', (event) => {
  // A page that was just loaded is of this version: nobody has to wait until every other page is closed.
  if (event.data === 'take-over') event.waitUntil(scope.skipWaiting())
})

scope.addEventListener('fetch', (event) => {
  const answer = answerFor(event, scope.location.origin)
  if (answer) event.respondWith(answer)
})

startPush()
