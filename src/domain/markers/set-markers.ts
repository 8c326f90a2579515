// Keeps how far somebody has read, for all of their devices.
import type { Marker } from '../../model/marker.ts'
import { setMarker } from '../../store/markers.ts'
import type { Context } from '../context.ts'

export interface Mark {
  timeline: string
  lastReadId: number
}

/** All marks in one transaction; gives them as they are then. */
export async function setMarkers(ctx: Context, accountId: number, marks: readonly Mark[]): Promise<Marker[]> {
  const now = ctx.clock.now()
  return ctx.store.write(async (tx) => {
    const written: Marker[] = []
    for (const mark of marks) written.push(await setMarker(tx, { accountId, ...mark, now }))
    return written
  })
}
