// Reading marks and preferences.
import type { Hono } from 'hono'
import type * as entity from '../../../contract/entities.ts'
import { readSettings } from '../../../domain/accounts/settings.ts'
import { readMarkers } from '../../../domain/markers/read-markers.ts'
import { setMarkers } from '../../../domain/markers/set-markers.ts'
import { parseId } from '../../../lib/id.ts'
import type { Marker } from '../../../model/marker.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import { endpoint, userOf } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'
import { dateTime } from '../write/time.ts'

const TIMELINES = ['home', 'notifications']

function writeMarkers(markers: readonly Marker[]): Record<string, entity.Marker> {
  return Object.fromEntries(
    markers.map((marker) => [
      marker.timeline,
      {
        last_read_id: String(marker.last_read_id),
        version: marker.version,
        updated_at: dateTime(marker.updated_at),
      },
    ]),
  )
}

async function showMarkers(request: ApiRequest): Promise<unknown> {
  const asked = (request.params.texts('timeline', 10, 50) ?? []).filter((name) => TIMELINES.includes(name))
  return writeMarkers(await readMarkers(request.api, userOf(request), asked))
}

async function writeMarks(request: ApiRequest): Promise<unknown> {
  const { api, params } = request
  const marks = TIMELINES.flatMap((timeline) => {
    const text = params.child(timeline)?.text('last_read_id', 20)
    if (text === undefined) return []
    const lastReadId = parseId(text)
    if (lastReadId === undefined)
      throw new Refusal('invalid', `Validation failed: ${timeline} last_read_id is not a number`)
    return { timeline, lastReadId }
  })
  return writeMarkers(await setMarkers(api, userOf(request), marks))
}

const PRIVACY = { public: 'public', unlisted: 'unlisted', followers: 'private' } as const

async function preferences(request: ApiRequest): Promise<entity.Preferences> {
  const settings = await readSettings(request.api, userOf(request))
  return {
    'posting:default:visibility': PRIVACY[settings.audience],
    'posting:default:sensitive': settings.sensitive,
    'posting:default:language': settings.language,
    'posting:default:quote_policy': settings.quotePolicy,
    'reading:expand:media': settings.expandMedia,
    'reading:expand:spoilers': settings.expandSpoilers,
    'reading:autoplay:gifs': settings.autoplayGifs,
  }
}

export function addMarkerRoutes(server: Hono, api: Api): void {
  endpoint(
    server,
    api,
    'GET /api/v1/markers',
    { auth: 'user', scopes: ['read', 'read:statuses'] },
    showMarkers,
  )
  endpoint(
    server,
    api,
    'POST /api/v1/markers',
    { auth: 'user', scopes: ['write', 'write:statuses'] },
    writeMarks,
  )
  endpoint(
    server,
    api,
    'GET /api/v1/preferences',
    { auth: 'user', scopes: ['read', 'read:accounts'] },
    preferences,
  )
}
