// What a post said before it was edited.
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

export default function HistoryScreen({ place, params }: ScreenProps) {
  const [edits, setEdits] = useState<StatusEdit[] | undefined>(undefined)
  const [problem, setProblem] = useState('')
  useEffect(() => {
    get<StatusEdit[]>(`/api/v1/statuses/${params['id'] ?? ''}/history`).then(setEdits, (error: unknown) =>
      setProblem(reasonOf(error)),
    )
  }, [])
  return (
    <ScreenFrame title={t('post.history')} deep scroll={place.scroll}>
      {problem !== '' && <p class="problem">{problem}</p>}
      {!edits && problem === '' && <Skeletons />}
      {edits?.toReversed().map((edit) => (
        <article class="edit" key={edit.created_at}>
          <p class="soft small">{fullMoment(edit.created_at)}</p>
          {edit.spoiler_text !== '' && <p>{edit.spoiler_text}</p>}
          <RichText html={edit.content} emojis={edit.emojis} />
          {edit.poll?.options.map((option) => (
            <p class="poll-option" key={option.title}>
              {option.title}
            </p>
          ))}
          <VeiledMedia media={edit.media_attachments} hidden={edit.sensitive === true} />
        </article>
      ))}
    </ScreenFrame>
  )
}
