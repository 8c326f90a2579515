// What a service worker's global scope offers, as far as ours needs it: the DOM's types know only pages.

export interface LastingEvent extends Event {
  waitUntil(work: Promise<unknown>): void
}

export interface AskedEvent extends LastingEvent {
  request: Request
  preloadResponse: Promise<Response | undefined>
  respondWith(answer: Promise<Response>): void
}

export interface PushedEvent extends LastingEvent {
  data: { json(): unknown } | null
}

export interface TouchedEvent extends LastingEvent {
  action: string
  notification: Notification
}

export interface SaidEvent extends LastingEvent {
  data: unknown
}

export interface OpenPage {
  url: string
  focus(): Promise<OpenPage>
  postMessage(message: unknown, options: object): void
}

interface Events {
  install: LastingEvent
  activate: LastingEvent
  fetch: AskedEvent
  push: PushedEvent
  notificationclick: TouchedEvent
  message: SaidEvent
}

export interface WorkerScope {
  location: Location
  registration: ServiceWorkerRegistration
  clients: {
    claim(): Promise<void>
    matchAll(options: { type: 'window'; includeUncontrolled?: boolean }): Promise<OpenPage[]>
    openWindow(url: string): Promise<OpenPage | null>
  }
  skipWaiting(): Promise<void>
  addEventListener<K extends keyof Events>(kind: K, listener: (event: Events[K]) => void): void
}

export const scope = globalThis as unknown as WorkerScope
