// An event as our extension of the client API shows it.
import type * as entity from '../../../contract/entities.ts'
import type { EventOfPost } from '../../../model/post-view.ts'
import { dateTime } from './time.ts'

interface Details extends EventOfPost {
  join_mode: string
  capacity: number | null
  details: string
  yes_count: number
  maybe_count: number
  no_count: number
}

/** What stands in every status that announces an event. */
export function writeEvent(event: EventOfPost): entity.StatusEvent {
  const place = JSON.parse(event.place) as { name?: string; address?: string; url?: string }
  const where = [place.name, place.address].filter((part) => part !== undefined && part !== '').join(', ')
  return {
    starts_at: dateTime(event.starts_at),
    ends_at: event.ends_at === null ? null : dateTime(event.ends_at),
    place: where === '' ? null : where,
    status: event.status as entity.StatusEvent['status'],
  }
}

export function writeEventDetails(event: Details, own: string | undefined): entity.EventDetails {
  const { externalUrl } = JSON.parse(event.details) as { externalUrl?: string }
  return {
    ...writeEvent(event),
    join_mode: event.join_mode as entity.EventDetails['join_mode'],
    external_url: externalUrl ?? null,
    capacity: event.capacity,
    yes_count: event.yes_count,
    maybe_count: event.maybe_count,
    no_count: event.no_count,
    own_answer: (own ?? null) as entity.EventDetails['own_answer'],
  }
}
