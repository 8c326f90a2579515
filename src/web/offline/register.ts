// Starts the service worker once the page has nothing better to do, and listens to what it says.
import { signal } from '@preact/signals'

interface OpenRequest {
  kind: 'open'
  account: string
  path: string
}

export const worker = signal<ServiceWorkerRegistration | undefined>(undefined)

async function register(): Promise<void> {
  try {
    const registration = await navigator.serviceWorker.register('/sw.js')
    // This page was just loaded, so it is of the new version.
    registration.waiting?.postMessage('take-over', {})
    registration.addEventListener('updatefound', () => {
      const { installing } = registration
      installing?.addEventListener('statechange', () => {
        if (installing.state === 'installed' && registration.active) installing.postMessage('take-over', {})
      })
    })
    worker.value = registration
  } catch {
    // Private windows and old browsers have none; the client works without.
  }
}

const soon: (work: () => void) => void =
  typeof requestIdleCallback === 'function'
    ? (work) => void requestIdleCallback(work, { timeout: 10_000 })
    : (work) => void setTimeout(work, 2000)

/** `open` is called when somebody chose a notification. */
export function startWorker(open: (request: OpenRequest) => void): void {
  if (!('serviceWorker' in navigator)) return
  navigator.serviceWorker.addEventListener('message', ({ data }: MessageEvent<OpenRequest>) => {
    if (data.kind === 'open') open(data)
  })
  const begin = (): void => soon(() => void register())
  if (document.readyState === 'complete') begin()
  else addEventListener('load', begin, { once: true })
}
