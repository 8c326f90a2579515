// Reads when and where an event takes place and who may join, as Mobilizon, Friendica, Gancio and others write it.
import type { IncomingEvent } from '../../../model/post.ts'
import {
  asArray,
  countOf,
  dateOf,
  firstUrl,
  isObject,
  member,
  numberOf,
  present,
  textOf,
  textProperty,
} from '../wire.ts'

type Place = NonNullable<IncomingEvent['place']>

/** The event's particulars, or undefined when it has no usable beginning. */
export function readEvent(object: unknown): IncomingEvent | undefined {
  const startsAt = dateOf(member(object, 'startTime'))
  if (startsAt === undefined) return undefined
  const endsAt = dateOf(member(object, 'endTime'))
  const externalUrl = firstUrl(member(object, 'externalParticipationUrl'))
  const capacity = countOf(member(object, 'maximumAttendeeCapacity'))
  return present({
    startsAt,
    endsAt: endsAt !== undefined && endsAt >= startsAt ? endsAt : undefined,
    timezone: readTimezone(textOf(member(object, 'timezone'), 64)),
    place: readPlace(member(object, 'location')),
    status: readStatus(textOf(member(object, 'ical:status') ?? member(object, 'status'), 40)),
    joinMode: readJoinMode(textOf(member(object, 'joinMode'), 40), externalUrl),
    externalUrl,
    capacity: capacity === 0 ? undefined : capacity,
  })
}

function readStatus(status: string | undefined): IncomingEvent['status'] {
  const name = status?.toUpperCase()
  return name === 'CANCELLED' ? 'cancelled' : name === 'TENTATIVE' ? 'tentative' : 'confirmed'
}

function readJoinMode(mode: string | undefined, externalUrl: string | undefined): IncomingEvent['joinMode'] {
  if (mode === 'restricted' || mode === 'external' || mode === 'invite' || mode === 'free') return mode
  return externalUrl === undefined ? 'free' : 'external'
}

function readTimezone(name: string | undefined): string | undefined {
  if (name === undefined) return undefined
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
  } catch {
    return undefined
  }
}

/** The first place of the list; a bare string is its name, a VirtualLocation has only an address on the web. */
function readPlace(value: unknown): Place | undefined {
  const first = asArray(value, 10)[0]
  const location = typeof first === 'string' ? { name: first } : first
  if (!isObject(location)) return undefined
  const latitude = within(numberOf(member(location, 'latitude')), 90)
  const longitude = within(numberOf(member(location, 'longitude')), 180)
  const place: Place = present({
    name: textProperty(location, 'name', 500)?.trim() || undefined,
    address: readAddress(member(location, 'address')),
    latitude: longitude === undefined ? undefined : latitude,
    longitude: latitude === undefined ? undefined : longitude,
    url: firstUrl(member(location, 'url')),
  })
  return Object.keys(place).length === 0 ? undefined : place
}

function within(value: number | undefined, limit: number): number | undefined {
  return value !== undefined && Math.abs(value) <= limit ? value : undefined
}

/** One line of a text or of a schema.org PostalAddress. */
function readAddress(value: unknown): string | undefined {
  const parts =
    typeof value === 'string'
      ? [value]
      : ['streetAddress', 'postalCode', 'addressLocality', 'addressRegion', 'addressCountry'].flatMap(
          (name) => textOf(member(value, name) ?? member(value, `sc:${name}`), 300) ?? [],
        )
  const line = parts.map((part) => part.trim()).filter((part) => part !== '')
  return line.length === 0 ? undefined : line.join(', ').slice(0, 1000)
}
