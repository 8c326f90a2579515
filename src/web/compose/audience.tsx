// Who can read the post: the choice in plain words, and what it comes to.
import type { Status } from '../../contract/entities.ts'
import { extract } from '../../lib/text/extract.ts'
import { me } from '../api/session.ts'
import { t } from '../i18n/words.ts'
import { AUDIENCE_ICON } from '../post/post.tsx'
import { Icon } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'
import type { MenuItem } from '../ui/menu.tsx'
import { change } from './draft.ts'
import type { Draft } from './draft.ts'

const WHO = {
  public: 'whoPublic',
  unlisted: 'whoUnlisted',
  private: 'whoPrivate',
  direct: 'whoDirect',
} as const satisfies Record<Status['visibility'], string>

const ORDER: readonly Status['visibility'][] = ['public', 'unlisted', 'private', 'direct']

export function AudiencePicker({ draft, fixed }: { draft: Draft; fixed: boolean }) {
  const label = t(`compose.${WHO[draft.visibility]}`)
  if (fixed)
    return (
      <p class="audience-fixed">
        <Icon name={AUDIENCE_ICON[draft.visibility]} />
        {label}
      </p>
    )
  const items: (MenuItem | null)[] = ORDER.map((visibility) => ({
    label: t(`compose.${WHO[visibility]}`),
    hint: t(`compose.${WHO[visibility]}Hint`),
    icon: AUDIENCE_ICON[visibility],
    checked: draft.visibility === visibility,
    run: () => change({ visibility }),
  }))
  items.push(null, {
    label: t('compose.localOnly'),
    hint: t('compose.localOnlyHint'),
    icon: 'house',
    checked: draft.localOnly,
    run: () => change({ localOnly: !draft.localOnly }),
  })
  return (
    <Menu label={`${t('compose.who')}:`} items={items} buttonClass="button quiet slim audience">
      <Icon name={AUDIENCE_ICON[draft.visibility]} />
      {label}
      {draft.localOnly && <Icon name="house" />}
    </Menu>
  )
}

/** One sentence on who will see it. */
export function Reach({ draft }: { draft: Draft }) {
  if (draft.visibility === 'direct') {
    const names = [
      ...new Set(
        extract(draft.text).entities.flatMap((entity) =>
          entity.kind === 'mention' ? [`@${entity.username}`] : [],
        ),
      ),
    ]
    return (
      <p class={names.length === 0 ? 'reach warn' : 'reach'} aria-live="polite">
        {names.length === 0
          ? t('compose.reach.directNobody')
          : t('compose.reach.direct', { names: names.join(', ') })}
      </p>
    )
  }
  const text =
    draft.visibility === 'private'
      ? t('compose.reach.private', { count: me.value.followers_count })
      : t(`compose.reach.${draft.visibility}`)
  return (
    <p class="reach" aria-live="polite">
      {text} {draft.localOnly && t('compose.localOnlyHint')}
    </p>
  )
}
