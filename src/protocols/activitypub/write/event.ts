// Writes an event's particulars with the terms of Mobilizon, which Friendica and others read too.
import type { IncomingEvent } from '../../../model/post.ts'
import { present } from '../wire.ts'
import type { Document } from './types.ts'

const time = (milliseconds: number | undefined): string | undefined =>
  milliseconds === undefined ? undefined : new Date(milliseconds).toISOString()

export function writeEvent(event: IncomingEvent): Document {
  return present({
    startTime: time(event.startsAt),
    endTime: time(event.endsAt),
    timezone: event.timezone,
    location: event.place && writePlace(event.place),
    'ical:status': event.status.toUpperCase(),
    joinMode: event.joinMode,
    externalParticipationUrl: event.externalUrl,
    maximumAttendeeCapacity: event.capacity,
  })
}

function writePlace(place: NonNullable<IncomingEvent['place']>): Document {
  return present({
    type: 'Place',
    name: place.name ?? place.address,
    address: place.address,
    latitude: place.latitude,
    longitude: place.longitude,
    url: place.url,
  })
}
