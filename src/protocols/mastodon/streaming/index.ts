// Streaming: what happens is told at once to everybody who listens, over server-sent events and WebSockets.
import type { Hono } from 'hono'
import type { Api } from '../api.ts'
import type { Desk } from './desk.ts'
import { createHeartbeat } from './heartbeat.ts'
import { createHub } from './hub.ts'
import { createRegister } from './outlet.ts'
import { createUpgrade } from './socket.ts'
import type { Upgrade } from './socket.ts'
import { addSseRoutes } from './sse.ts'
import { createRecheck } from './still-valid.ts'

export interface Streaming {
  routes(server: Hono): void
  upgrade: Upgrade
  /** Starts the heartbeat; the returned function ends every stream. */
  start(): () => Promise<void>
}

const SSE_SECONDS = 15
const SOCKET_SECONDS = 30
const FAREWELL_STEP_MS = 20
const FAREWELL_STEPS = 50

export function createStreaming(api: Api): Streaming {
  const register = createRegister()
  let stopping = false
  const hub = createHub(api, register)
  const desk: Desk = {
    api,
    register,
    hub,
    sseBeats: createHeartbeat(SSE_SECONDS),
    socketBeats: createHeartbeat(SOCKET_SECONDS),
    stopping: () => stopping,
  }
  return {
    routes: (server) => addSseRoutes(server, desk),
    upgrade: createUpgrade(desk),
    start() {
      const timer = startTimer(desk)
      return async () => {
        stopping = true
        clearInterval(timer)
        register.endAll()
        for (let step = 0; step < FAREWELL_STEPS && register.count() > 0; step += 1)
          await new Promise((resolve) => setTimeout(resolve, FAREWELL_STEP_MS))
        hub.close()
      }
    },
  }
}

/** One timer for all connections: each second a share of them gives a sign of life. */
function startTimer({ api, register, sseBeats, socketBeats }: Desk): NodeJS.Timeout {
  const recheck = createRecheck(api, register)
  const timer = setInterval(() => {
    sseBeats.tick()
    socketBeats.tick()
    void recheck()
  }, 1000)
  timer.unref()
  return timer
}
