// What was begun and not published: on the server, and in this browser only where the server could not be reached.
import { useEffect, useState } from 'preact/hooks'
import type { Draft as ServerDraft, MediaAttachment } from '../../contract/entities.ts'
import type { ScreenProps } from '../app/screen-props.ts'
import { ScreenFrame } from '../app/screen-frame.tsx'
import { call, getPage } from '../api/http.ts'
import { Skeletons } from '../home/feed-view.tsx'
import { fullMoment } from '../i18n/moments.ts'
import { t } from '../i18n/words.ts'
import { attempt, reasonOf, sure } from '../ui/feedback.tsx'
import { Icon } from '../ui/icon.tsx'
import { forgetDraft, storedDrafts } from './draft-store.ts'
import type { LocalDraft } from './draft-store.ts'
import { draftsSaved } from './draft-sync.ts'
import { compose, composing } from './open.ts'
import { PlanLinks, PlanRow } from './plan-row.tsx'

interface Row {
  key: string
  at: string
  text: string
  posts: number
  media: readonly MediaAttachment[]
  problem: string | null
  isAnswer: boolean
  isHereOnly: boolean
  open: () => void
  remove: () => Promise<unknown>
}

function fromServer(kept: ServerDraft, local: LocalDraft | undefined): Row {
  return {
    key: kept.id,
    at: kept.updated_at,
    text: kept.posts.map((post) => post.text).join('\n\n'),
    posts: kept.posts.length,
    media: kept.posts.flatMap((post) => post.media_attachments),
    problem: kept.problem,
    isAnswer: kept.in_reply_to_id !== null,
    isHereOnly: false,
    open: () => compose(local ? { uid: local.draft.uid } : { kept }),
    async remove() {
      await call('DELETE', `/api/v1/drafts/${kept.id}`)
      if (local) forgetDraft(local.draft.uid)
    },
  }
}

function fromHere({ draft, at }: LocalDraft): Row {
  return {
    key: draft.uid,
    at: new Date(at).toISOString(),
    text: draft.parts.map((part) => part.text).join('\n\n'),
    posts: draft.parts.length,
    media: draft.parts.flatMap((part) => part.media),
    problem: null,
    isAnswer: draft.replyToId !== undefined,
    isHereOnly: draft.editId === undefined,
    open: () => compose({ uid: draft.uid }),
    remove: () => Promise.resolve(forgetDraft(draft.uid)),
  }
}

/** Both kinds, each draft once; what was thrown away on another device goes here as well unless it was changed since. */
function merge(kept: readonly ServerDraft[], local: readonly LocalDraft[]): Row[] {
  const ids = new Set(kept.map((one) => one.id))
  const rows = kept.map((one) =>
    fromServer(
      one,
      local.find((here) => here.draft.serverId === one.id),
    ),
  )
  for (const one of local) {
    const { serverId, uid } = one.draft
    if (serverId !== undefined && ids.has(serverId)) continue
    if (serverId !== undefined && !one.unsaved) forgetDraft(uid)
    else rows.push(fromHere(one))
  }
  return rows.toSorted((a, b) => b.at.localeCompare(a.at))
}

async function loadAll(): Promise<ServerDraft[]> {
  const all: ServerDraft[] = []
  let path: string | undefined = '/api/v1/drafts?limit=40'
  while (path !== undefined) {
    const page: { items: ServerDraft[]; next: string | undefined } = await getPage<ServerDraft>(path)
    all.push(...page.items)
    path = page.items.length > 0 ? page.next : undefined
  }
  return all
}

function DraftRow({ row, onGone }: { row: Row; onGone: () => void }) {
  const remove = async (): Promise<void> => {
    if ((await sure(t('compose.discardSure'))) && (await attempt(row.remove))) onGone()
  }
  return (
    <PlanRow
      when={fullMoment(row.at)}
      text={row.text}
      media={row.media}
      notes={[
        ...(row.posts > 1 ? [t('drafts.posts', { count: row.posts })] : []),
        ...(row.isAnswer ? [t('drafts.answer')] : []),
        ...(row.isHereOnly ? [t('drafts.hereOnly')] : []),
      ]}
      problem={row.problem}
    >
      <button class="button slim" type="button" onClick={row.open}>
        {t('drafts.open')}
      </button>
      <button class="button quiet slim" type="button" onClick={() => void remove()}>
        <Icon name="trash" />
        {t('drafts.remove')}
      </button>
    </PlanRow>
  )
}

export default function DraftsScreen({ place }: ScreenProps) {
  const [rows, setRows] = useState<Row[] | undefined>(undefined)
  const [problem, setProblem] = useState('')
  const isWriting = composing.value !== undefined
  useEffect(() => {
    if (isWriting) return
    const load = async (): Promise<void> => {
      try {
        await draftsSaved()
        setRows(merge(await loadAll(), storedDrafts()))
        setProblem('')
      } catch (error) {
        setRows(storedDrafts().map(fromHere))
        setProblem(reasonOf(error))
      }
    }
    void load()
  }, [isWriting])
  return (
    <ScreenFrame title={t('drafts.title')} scroll={place.scroll}>
      <PlanLinks current="/drafts" />
      {problem !== '' && <p class="problem">{problem}</p>}
      {!rows && <Skeletons />}
      <ul class="plans">
        {rows?.map((row) => (
          <DraftRow
            row={row}
            key={row.key}
            onGone={() => setRows((old) => old?.filter((one) => one.key !== row.key))}
          />
        ))}
      </ul>
      {rows?.length === 0 && (
        <div class="empty">
          <h2>{t('drafts.empty')}</h2>
          <p>{t('drafts.emptyText')}</p>
        </div>
      )}
    </ScreenFrame>
  )
}
