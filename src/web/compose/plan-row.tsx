// One thing that is not published yet, as the screens of drafts and of posts for later show it.
import type { ComponentChildren } from 'preact'
import type { MediaAttachment } from '../../contract/entities.ts'
import { t } from '../i18n/words.ts'

interface PlanRowProps {
  when: string
  text: string
  media: readonly MediaAttachment[]
  notes: readonly string[]
  problem?: string | null
  children: ComponentChildren
}

export function PlanRow({ when, text, media, notes, problem = null, children }: PlanRowProps) {
  return (
    <li class="plan">
      <p class="plan-head">
        <strong>{when}</strong>
        {notes.map((note) => (
          <span class="badge" key={note}>
            {note}
          </span>
        ))}
      </p>
      {problem !== null && <p class="problem small">{t('drafts.problem', { reason: problem })}</p>}
      {text.trim() === '' ? (
        <p class="soft">{t('drafts.noText')}</p>
      ) : (
        <p class="plan-text" dir="auto">
          {text}
        </p>
      )}
      {media.length > 0 && (
        <p class="plan-media">
          {media.map((one) => (
            <img src={one.preview_url ?? ''} alt={one.description ?? ''} key={one.id} loading="lazy" />
          ))}
        </p>
      )}
      <div class="plan-tools">{children}</div>
    </li>
  )
}

/** Leads from drafts to posts for later and back. */
export function PlanLinks({ current }: { current: '/drafts' | '/scheduled' }) {
  const links = [
    ['/drafts', t('drafts.title')],
    ['/scheduled', t('scheduled.title')],
  ] as const
  return (
    <nav class="tabs" aria-label={t('drafts.title')}>
      {links.map(([href, label]) => (
        <a href={href} key={href} {...(href === current ? { 'aria-current': 'page' as const } : {})}>
          {label}
        </a>
      ))}
    </nav>
  )
}
