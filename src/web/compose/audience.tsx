// Who can read the post: the choice in plain words.
import { t } from '../i18n/words.ts'
import { Icon } from '../ui/icon.tsx'
import type { IconName } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'
import type { MenuItem } from '../ui/menu.tsx'
import { change } from './draft.ts'
import type { Draft, Visibility } from './draft.ts'

const WHO = {
  public: 'whoPublic',
  unlisted: 'whoUnlisted',
  private: 'whoPrivate',
  circles: 'whoCircles',
  people: 'whoPeople',
  direct: 'whoDirect',
} as const satisfies Record<Visibility, string>

const ICON: Record<Visibility, IconName> = {
  public: 'globe',
  unlisted: 'moon',
  private: 'lock',
  circles: 'people',
  people: 'person',
  direct: 'at',
}

const ORDER: readonly Visibility[] = ['public', 'unlisted', 'private', 'circles', 'people', 'direct']

export function AudiencePicker({ draft, fixed }: { draft: Draft; fixed: boolean }) {
  const label = t(`compose.${WHO[draft.visibility]}`)
  if (fixed)
    return (
      <p class="audience-fixed">
        <Icon name={ICON[draft.visibility]} />
        {label}
      </p>
    )
  const items: (MenuItem | null)[] = ORDER.map((visibility) => ({
    label: t(`compose.${WHO[visibility]}`),
    hint: t(`compose.${WHO[visibility]}Hint`),
    icon: ICON[visibility],
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
      <Icon name={ICON[draft.visibility]} />
      {label}
      {draft.localOnly && <Icon name="house" />}
    </Menu>
  )
}
