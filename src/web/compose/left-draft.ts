// What was left unfinished in this browser, compared with what became of it on other devices since.
import type { Draft as ServerDraft } from '../../contract/entities.ts'
import { ApiError, get } from '../api/http.ts'
import type { Draft } from './draft.ts'
import { fromKept } from './draft-from-plan.ts'
import { forgetDraft } from './draft-store.ts'
import type { LocalDraft } from './draft-store.ts'

/** Nobody waits longer to go on writing; without an answer what is here counts. */
const PATIENCE_MS = 2000

export type News = 'goneElsewhere' | 'goneElsewhereChanged'

export interface Left {
  draft?: Draft
  /** It was published or thrown away elsewhere. */
  news?: News
}

/** `base` is what a new post begins with. */
export async function leftSince({ draft, unsaved }: LocalDraft, base: Draft): Promise<Left> {
  const { serverId, serverVersion, ...rest } = draft
  if (serverId === undefined) return { draft }
  try {
    const there = await get<ServerDraft>(`/api/v1/drafts/${serverId}`, AbortSignal.timeout(PATIENCE_MS))
    if (unsaved || there.updated_at === serverVersion) return { draft }
    const newer = await fromKept(base, there)
    forgetDraft(draft.uid)
    return { draft: newer }
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 404) return { draft }
    if (unsaved) return { draft: rest, news: 'goneElsewhereChanged' }
    forgetDraft(draft.uid)
    return { news: 'goneElsewhere' }
  }
}
