// What is chosen less often: Markdown, who may quote, publishing later, the drafts.
import { go } from '../app/router.ts'
import { t } from '../i18n/words.ts'
import { Icon } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'
import type { MenuItem } from '../ui/menu.tsx'
import { change, rememberFormat } from './draft.ts'
import type { Draft, QuotePolicy } from './draft.ts'
import { composing } from './open.ts'
import { likelyTime } from './schedule-line.tsx'

const POLICIES = {
  public: 'settings.quotesPublic',
  followers: 'settings.quotesFollowers',
  nobody: 'settings.quotesNobody',
} as const satisfies Record<QuotePolicy, string>

function toggleFormat(now: Draft): void {
  const contentType = now.contentType === 'text/markdown' ? 'text/plain' : 'text/markdown'
  rememberFormat(contentType)
  change({ contentType })
}

function quoteItems(now: Draft): (MenuItem | null)[] {
  if (now.visibility !== 'public' && now.visibility !== 'unlisted') return []
  const items = (Object.keys(POLICIES) as QuotePolicy[]).map((quotePolicy) => ({
    label: t('compose.quoteBy', { who: t(POLICIES[quotePolicy]) }),
    icon: 'quote' as const,
    checked: now.quotePolicy === quotePolicy,
    run: () => change({ quotePolicy }),
  }))
  return [null, ...items]
}

export function OptionsMenu({ now }: { now: Draft }) {
  const items: (MenuItem | null | false)[] = [
    {
      label: t('compose.markdown'),
      hint: t('compose.markdownHint'),
      icon: 'hash',
      checked: now.contentType === 'text/markdown',
      run: () => toggleFormat(now),
    },
    now.editId === undefined &&
      now.scheduledAt === '' && {
        label: t('compose.later'),
        icon: 'clock',
        run: () => change({ scheduledAt: likelyTime() }),
      },
    ...quoteItems(now),
    null,
    {
      label: t('drafts.title'),
      icon: 'draft',
      run: () => {
        composing.value = undefined
        go('/drafts')
      },
    },
  ]
  return (
    <Menu label={t('compose.options')} items={items} up>
      <Icon name="more" />
    </Menu>
  )
}
