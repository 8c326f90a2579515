// Streams as server-sent events: one stream for each request.
import type { Context as HonoContext, Hono } from 'hono'
import type { ServerResponse } from 'node:http'
import { ALREADY_ANSWERED } from '../../../platform/http-server.ts'
import { bearerOf } from '../http/caller.ts'
import { admit } from './admit.ts'
import type { Desk } from './desk.ts'
import { MOST_WAITING_BYTES } from './outlet.ts'
import type { Outlet, Reader } from './outlet.ts'
import { StreamRefusal, readStream } from './streams.ts'

const STREAMS: Record<string, string> = {
  user: 'user',
  'user/notification': 'user:notification',
  public: 'public',
  'public/local': 'public:local',
  'public/remote': 'public:remote',
  hashtag: 'hashtag',
  'hashtag/local': 'hashtag:local',
  list: 'list',
  direct: 'direct',
}

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'private, no-store',
  'access-control-allow-origin': '*',
  'x-content-type-options': 'nosniff',
  // Proxies would otherwise keep messages back until they have a good many.
  'x-accel-buffering': 'no',
}

const TRUE_WORDS = new Set(['1', 'true', 't', 'on', 'yes'])

function createOutlet(desk: Desk, outgoing: ServerResponse, reader: Reader): Outlet {
  const write = (text: string | Buffer): void => {
    if (outgoing.writableLength > MOST_WAITING_BYTES) outgoing.destroy()
    else outgoing.write(text)
  }
  return {
    reader,
    send: (message) => write(message.sse()),
    beat: () => write(':thump\n'),
    end() {
      desk.register.remove(this)
      outgoing.end()
      // A reader that takes nothing any more would keep the socket open.
      if (outgoing.writableLength > 0) setTimeout(() => outgoing.destroy(), 500).unref()
    },
  }
}

async function open(desk: Desk, c: HonoContext): Promise<Response> {
  const { api, register } = desk
  const { admitted, stream } = await ask(desk, c)
  const { outgoing } = c.env as { outgoing: ServerResponse }
  if (outgoing.destroyed) return ALREADY_ANSWERED
  // Others may have been let in while this one was looked up.
  if (!register.hasRoom(admitted.reader)) throw tooMany()
  const outlet = createOutlet(desk, outgoing, admitted.reader)
  const leave = desk.hub.subscribe(outlet, stream)
  const stopBeating = desk.sseBeats.add(outlet)
  register.add(outlet)
  outgoing.once('close', () => {
    leave()
    stopBeating()
    register.remove(outlet)
  })
  outgoing.on('error', () => outgoing.destroy())
  outgoing.writeHead(200, HEADERS)
  outgoing.write(':)\n')
  api.log.debug({ stream: stream.label }, 'a stream was opened')
  return ALREADY_ANSWERED
}

const tooMany = (): StreamRefusal => new StreamRefusal(429, 'Too many open streams: close some of them first')

async function ask(desk: Desk, c: HonoContext) {
  if (desk.stopping()) throw new StreamRefusal(503, 'The server is about to restart')
  const { api } = desk
  const admitted = await admit(api, desk.register, bearerOf(c), api.clientKey(c))
  const path = c.req.path.replace(/^\/api\/v1\/streaming\/?/, '').replace(/\/$/, '')
  const name = STREAMS[path]
  if (name === undefined) throw new StreamRefusal(400, 'Unknown channel requested')
  const stream = await readStream(api, admitted.caller, {
    name,
    tag: c.req.query('tag'),
    list: c.req.query('list'),
    onlyMedia: TRUE_WORDS.has(c.req.query('only_media') ?? ''),
  })
  return { admitted, stream }
}

function refuse(desk: Desk, error: unknown): Response {
  const known = error instanceof StreamRefusal
  if (!known) desk.api.log.error({ error }, 'a stream could not be opened')
  const text = known ? error.message : 'Something went wrong on our side; it has been logged'
  return new Response(JSON.stringify({ error: text }), {
    status: known ? error.status : 500,
    headers: { ...HEADERS, 'content-type': 'application/json; charset=utf-8' },
  })
}

export function addSseRoutes(server: Hono, desk: Desk): void {
  server.get(
    '/api/v1/streaming/health',
    () => new Response('OK', { headers: { 'content-type': 'text/plain' } }),
  )
  for (const path of ['/api/v1/streaming', '/api/v1/streaming/*'])
    server.get(path, async (c) => {
      try {
        if (c.req.method === 'HEAD') await ask(desk, c)
        else return await open(desk, c)
        return new Response(null, { headers: HEADERS })
      } catch (error) {
        return refuse(desk, error)
      }
    })
}
