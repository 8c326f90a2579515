// The bare floor for streaming: node:http that writes one buffer to every open response, and nothing else.
import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'

const open = new Set<ServerResponse>()
const event = Buffer.from(`event: update\ndata: ${'x'.repeat(1500)}\n\n`)

createServer((request, response) => {
  if (request.method === 'POST') {
    request.resume()
    request.once('end', () => {
      response.end('{}')
      for (const one of open) one.write(event)
    })
    return
  }
  if (!request.url?.startsWith('/api/v1/streaming')) return void response.end('ok')
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.write(':)\n')
  open.add(response)
  response.once('close', () => open.delete(response))
}).listen(Number(process.env['PORT']), '127.0.0.1')
