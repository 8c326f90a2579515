// What a post said before it was edited, and what each edit changed.
import { useEffect, useState } from 'preact/hooks'
import type { StatusEdit } from '../../contract/entities.ts'
import type { ScreenProps } from '../app/screen-props.ts'
import { ScreenFrame } from '../app/screen-frame.tsx'
import { get } from '../api/http.ts'
import { Skeletons } from '../home/feed-view.tsx'
import { fullMoment } from '../i18n/moments.ts'
import { t } from '../i18n/words.ts'
import { VeiledMedia } from '../post/post-media.tsx'
import { RichText } from '../post/rich-text.tsx'
import { reasonOf } from '../ui/feedback.tsx'
import { wordDiff } from './word-diff.ts'

/** Lines stay lines; the document made here is never shown and runs nothing. */
function linesOf(html: string): string {
  const broken = html.replace(/<br[^>]*>/gi, '\n').replace(/<\/(p|li|blockquote|h\d)>/gi, '\n\n')
  return (new DOMParser().parseFromString(broken, 'text/html').body.textContent ?? '').trim()
}

function textOf(edit: StatusEdit): string {
  const choices = edit.poll?.options.map((option) => `○ ${option.title}`) ?? []
  return [edit.spoiler_text, linesOf(edit.content), ...choices].filter((part) => part !== '').join('\n\n')
}

function Changes({ before, after }: { before: StatusEdit; after: StatusEdit }) {
  return (
    <p class="changes" dir="auto">
      {wordDiff(textOf(before), textOf(after)).map((piece, index) =>
        piece.kind === 'new' ? (
          <ins key={index}>{piece.text}</ins>
        ) : piece.kind === 'gone' ? (
          <del key={index}>{piece.text}</del>
        ) : (
          <span key={index}>{piece.text}</span>
        ),
      )}
    </p>
  )
}

function Whole({ edit }: { edit: StatusEdit }) {
  return (
    <>
      {edit.spoiler_text !== '' && <p>{edit.spoiler_text}</p>}
      <RichText html={edit.content} emojis={edit.emojis} />
      {edit.poll?.options.map((option) => (
        <p class="poll-option" key={option.title}>
          {option.title}
        </p>
      ))}
    </>
  )
}

export default function HistoryScreen({ place, params }: ScreenProps) {
  const [edits, setEdits] = useState<StatusEdit[] | undefined>(undefined)
  const [problem, setProblem] = useState('')
  const [compared, setCompared] = useState(true)
  useEffect(() => {
    get<StatusEdit[]>(`/api/v1/statuses/${params['id'] ?? ''}/history`).then(setEdits, (error: unknown) =>
      setProblem(reasonOf(error)),
    )
  }, [])
  const rows = edits?.map((edit, index) => ({ edit, before: edits[index - 1] })).toReversed()
  return (
    <ScreenFrame title={t('post.history')} deep scroll={place.scroll}>
      {problem !== '' && <p class="problem">{problem}</p>}
      {!edits && problem === '' && <Skeletons />}
      {(edits?.length ?? 0) > 1 && (
        <label class="check history-choice">
          <input
            type="checkbox"
            checked={compared}
            onChange={(event) => setCompared(event.currentTarget.checked)}
          />
          {t('history.compare')}
        </label>
      )}
      {rows?.map(({ edit, before }) => (
        <article class="edit" key={edit.created_at}>
          <p class="soft small">
            {before ? fullMoment(edit.created_at) : t('history.first', { date: fullMoment(edit.created_at) })}
          </p>
          {before && compared ? <Changes before={before} after={edit} /> : <Whole edit={edit} />}
          <VeiledMedia media={edit.media_attachments} hidden={edit.sensitive === true} />
        </article>
      ))}
    </ScreenFrame>
  )
}
