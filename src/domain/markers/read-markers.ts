// Reads how far somebody has read.
import type { Marker } from '../../model/marker.ts'
import { findMarkers } from '../../store/markers.ts'
import type { Context } from '../context.ts'

/** The marks among `timelines`; those never set are absent. */
export async function readMarkers(
  ctx: Context,
  accountId: number,
  timelines: readonly string[],
): Promise<Marker[]> {
  return findMarkers(ctx.store.read, accountId, timelines)
}
