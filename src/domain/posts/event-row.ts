// The row of an event, whoever announced it.
import type { IncomingEvent } from '../../model/post.ts'
import type { EventRow } from '../../store/events.ts'

type NewEvent = Pick<
  EventRow,
  'post_id' | 'starts_at' | 'ends_at' | 'timezone' | 'place' | 'status' | 'join_mode' | 'capacity' | 'details'
>

export function eventRow(postId: number, event: IncomingEvent): NewEvent {
  return {
    post_id: postId,
    starts_at: event.startsAt,
    ends_at: event.endsAt ?? null,
    timezone: event.timezone ?? null,
    place: JSON.stringify(event.place ?? {}),
    status: event.status,
    join_mode: event.joinMode,
    capacity: event.capacity ?? null,
    details: JSON.stringify(event.externalUrl === undefined ? {} : { externalUrl: event.externalUrl }),
  }
}
