// Keeps visitors from what this server shows in public, where administrators want that.
import { choicesOf } from '../../../domain/server/choices.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { ApiRequest } from './endpoint.ts'

/** Visitors read timelines, what is popular and the directory only where administrators want that. */
export function refuseVisitors({ api, viewerId }: ApiRequest): void {
  if (viewerId === undefined && choicesOf(api).publicTimelines === 'members')
    throw new Refusal('unauthorized', 'This method requires an authenticated user')
}
