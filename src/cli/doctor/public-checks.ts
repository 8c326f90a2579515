// Checks of what the world sees: name, certificate, proxy, and the documents that other servers read first.
import { lookup } from 'node:dns/promises'
import { connect } from 'node:tls'
import { ownIdentity } from '../../domain/examine-server.ts'
import { ok, problem, reasonOf, warning } from './check.ts'
import type { Check } from './check.ts'

const DAY_MS = 86_400_000
const LONGEST_BODY = 1_048_576

async function get(url: string, accept: string): Promise<Response> {
  return fetch(url, { headers: { accept }, redirect: 'manual', signal: AbortSignal.timeout(10_000) })
}

async function getJson(url: string, accept = 'application/json'): Promise<Record<string, unknown>> {
  const response = await get(url, accept)
  const text = await response.text()
  if (response.status >= 300 && response.status < 400)
    throw new Error(`it redirects to ${response.headers.get('location') ?? 'nowhere'}`)
  if (response.status !== 200) throw new Error(`it answers with status ${response.status}`)
  if (text.length > LONGEST_BODY) throw new Error('its answer is too long')
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    throw new Error('its answer is no JSON')
  }
}

/** `fetch` failed before any answer came. */
const isUnanswered = (error: unknown): boolean => error instanceof TypeError

const isLocal = (origin: string): boolean =>
  ['localhost', '127.0.0.1', '[::1]'].includes(new URL(origin).hostname)

const name: Check = {
  name: 'host name',
  async run({ config }) {
    const { hostname } = new URL(config.origin)
    if (isLocal(config.origin))
      return warning(
        'FOLKMOOT_URL is this machine only: set it to the public address before people use the server.',
      )
    try {
      const addresses = await lookup(hostname, { all: true })
      return ok(`${hostname} is ${addresses.map((one) => one.address).join(', ')}.`)
    } catch (error) {
      return problem(`${hostname} has no address (${reasonOf(error)}): add A and AAAA records to its zone.`)
    }
  },
}

/** The key of the server's own actor proves that it is this server which answers there. */
const reachable: Check = {
  name: 'public address',
  async run({ config, ctx }) {
    if (!ctx) return undefined
    const { actorUri, publicKey } = await ownIdentity(ctx)
    if (publicKey === undefined)
      return warning('The server was never started: start it, then run this again.')
    try {
      const actor = await getJson(actorUri, 'application/activity+json')
      const key = actor['publicKey'] as { publicKeyPem?: unknown } | undefined
      if (typeof key?.publicKeyPem !== 'string')
        return problem(
          `${config.origin} answers, but not with Folkmoot: point the reverse proxy to port ${config.port}.`,
        )
      return key.publicKeyPem.trim() === publicKey.trim()
        ? ok(`This server answers at ${config.origin}, and others can fetch its actor.`)
        : problem(
            `Another Folkmoot with another database answers at ${config.origin}: check FOLKMOOT_DATABASE and FOLKMOOT_DATA.`,
          )
    } catch (error) {
      return problem(
        `${config.origin} cannot be used (${reasonOf(error)}): is the server running, and does the proxy pass requests to port ${config.port}?`,
      )
    }
  },
}

const certificate: Check = {
  name: 'certificate',
  async run({ config }) {
    const { protocol, hostname, port } = new URL(config.origin)
    if (protocol !== 'https:') return undefined
    const { promise, resolve, reject } = Promise.withResolvers<undefined>()
    const host = hostname.replace(/^\[|\]$/g, '')
    const socket = connect({
      host,
      port: Number(port || 443),
      servername: host,
      rejectUnauthorized: false,
      timeout: 8000,
    })
    socket.on('secureConnect', () => resolve(undefined))
    socket.on('timeout', () => reject(new Error('no answer in 8 s')))
    socket.on('error', reject)
    try {
      await promise
      const days = Math.floor((Date.parse(socket.getPeerCertificate().valid_to) - Date.now()) / DAY_MS)
      if (!socket.authorized)
        return problem(
          `The certificate of ${host} is not trusted (${reasonOf(socket.authorizationError)}): renew it or send its whole chain.`,
        )
      const text = `The certificate of ${host} is valid for ${days} more days`
      return days < 10 ? warning(`${text}: see why it is not being renewed.`) : ok(`${text}.`)
    } catch (error) {
      return problem(`${host} speaks no TLS (${reasonOf(error)}): set up https in the reverse proxy.`)
    } finally {
      socket.destroy()
    }
  },
}

const proxy: Check = {
  name: 'reverse proxy',
  async run({ config }) {
    const caller = await getJson(`${config.origin}/health/caller`).catch(() => undefined)
    if (!caller) return undefined
    const { host, protocol } = new URL(config.origin)
    if (caller['host'] !== host)
      return problem(
        `The proxy passes the host "${String(caller['host'])}" on instead of "${host}": let it keep the Host header.`,
      )
    if (`${String(caller['protocol'])}:` !== protocol)
      return problem(
        `The proxy does not say that people come over ${protocol.slice(0, -1)}: let it set X-Forwarded-Proto, and name its address in FOLKMOOT_TRUST_PROXY.`,
      )
    return ok('Host and protocol arrive as people see them.')
  },
}

const clock: Check = {
  name: 'clock',
  async run({ config }) {
    const before = Date.now()
    const response = await get(`${config.origin}/health`, 'text/plain').catch(() => undefined)
    const date = Date.parse(response?.headers.get('date') ?? '')
    await response?.body?.cancel()
    if (Number.isNaN(date)) return undefined
    const skew = Math.round(Math.abs((before + Date.now()) / 2 - date) / 1000)
    return skew > 30
      ? problem(
          `The clock here and the one at ${config.origin} differ by ${skew} s: let both follow NTP, or signatures fail.`,
        )
      : ok('The clocks agree.')
  },
}

const webfinger: Check = {
  name: 'WebFinger',
  async run({ config, ctx }) {
    const someone = ctx && (await ownIdentity(ctx)).someone
    if (someone === undefined) return undefined
    const address = `${someone}@${config.domain}`
    try {
      const found = await getJson(
        `${config.origin}/.well-known/webfinger?resource=${encodeURIComponent(`acct:${address}`)}`,
        'application/jrd+json',
      )
      const links = (found['links'] ?? []) as { rel?: string; href?: string }[]
      const self = links.find((link) => link.rel === 'self')?.href
      return self?.startsWith(`${config.origin}/`) === true
        ? ok(`Other servers find @${address}.`)
        : problem(
            `WebFinger for ${address} leads to ${self ?? 'nothing'} instead of ${config.origin}: pass /.well-known/ to Folkmoot.`,
          )
    } catch (error) {
      return problem(
        isUnanswered(error)
          ? `Nobody answers a search for @${address} (${reasonOf(error)}): start the server, and let the proxy pass /.well-known/webfinger to it.`
          : `WebFinger does not work (${reasonOf(error)}): let the proxy pass /.well-known/webfinger to Folkmoot.`,
      )
    }
  },
}

const nodeInfo: Check = {
  name: 'NodeInfo',
  async run({ config }) {
    try {
      const found = await getJson(`${config.origin}/.well-known/nodeinfo`)
      const href = ((found['links'] ?? []) as { href?: string }[])[0]?.href ?? ''
      const info = await getJson(href)
      const software = info['software'] as { name?: string; version?: string } | undefined
      return software?.name === 'folkmoot'
        ? ok(`NodeInfo says Folkmoot ${software.version ?? ''}.`)
        : problem(`NodeInfo says ${software?.name ?? 'nothing'}: let the proxy pass /nodeinfo/ to Folkmoot.`)
    } catch (error) {
      return problem(
        isUnanswered(error)
          ? `Nobody answers at ${config.origin} (${reasonOf(error)}): start the server, and let the proxy pass requests to port ${config.port}.`
          : `NodeInfo does not work (${reasonOf(error)}): let the proxy pass /.well-known/nodeinfo and /nodeinfo/ to Folkmoot.`,
      )
    }
  },
}

export const publicChecks: readonly Check[] = [
  name,
  certificate,
  reachable,
  proxy,
  clock,
  webfinger,
  nodeInfo,
]
