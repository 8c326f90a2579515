// Settings: a list of parts, each on a page of its own.
import type { ComponentChildren } from 'preact'
import type { ScreenProps } from '../app/screen-props.ts'
import { Missing, ScreenFrame } from '../app/screen-frame.tsx'
import { helpOpen } from '../app/keys.tsx'
import { me } from '../api/session.ts'
import { signOut } from '../app/accounts.ts'
import { t } from '../i18n/words.ts'
import type { MessageKey } from '../i18n/words.ts'
import { Icon } from '../ui/icon.tsx'
import type { IconName } from '../ui/icon.tsx'
import { Appearance } from './appearance.tsx'
import { Filters } from './filters.tsx'
import { FollowedTags, KeptAway } from './kept-away.tsx'
import { Posting } from './posting.tsx'
import { ProfileForm } from './profile-form.tsx'

interface Part {
  name: string
  icon: IconName
  title: MessageKey
  show: () => ComponentChildren
}

const PARTS: readonly Part[] = [
  { name: 'profile', icon: 'person', title: 'settings.profile', show: () => <ProfileForm /> },
  { name: 'posting', icon: 'pen', title: 'settings.posting', show: () => <Posting /> },
  { name: 'appearance', icon: 'moon', title: 'settings.appearance', show: () => <Appearance /> },
  { name: 'filters', icon: 'warn', title: 'settings.filters', show: () => <Filters /> },
  { name: 'tags', icon: 'hash', title: 'settings.tags', show: () => <FollowedTags /> },
  { name: 'muted', icon: 'bell', title: 'settings.muted', show: () => <KeptAway what="muted" /> },
  { name: 'blocked', icon: 'close', title: 'settings.blocked', show: () => <KeptAway what="blocked" /> },
]

function Overview() {
  return (
    <>
      <ul class="rows">
        {PARTS.map((part) => (
          <li key={part.name}>
            <a class="row-link" href={`/settings/${part.name}`}>
              <Icon name={part.icon} />
              <strong>{t(part.title)}</strong>
              <Icon name="forward" flips />
            </a>
          </li>
        ))}
        <li>
          <a class="row-link" href="/settings/security">
            <Icon name="lock" />
            <strong>{t('settings.security')}</strong>
            <Icon name="forward" flips />
          </a>
        </li>
        <li>
          <a class="row-link" href="/lists">
            <Icon name="list" />
            <strong>{t('lists.title')}</strong>
            <Icon name="forward" flips />
          </a>
        </li>
        <li>
          <a class="row-link" href="/collections">
            <Icon name="people" />
            <strong>{t('packs.own')}</strong>
            <Icon name="forward" flips />
          </a>
        </li>
        <li>
          <a class="row-link" href="/start">
            <Icon name="house" />
            <strong>{t('start.title')}</strong>
            <Icon name="forward" flips />
          </a>
        </li>
        <li>
          <a class="row-link" href="/follow-requests">
            <Icon name="people" />
            <strong>{t('notifications.requests')}</strong>
            <Icon name="forward" flips />
          </a>
        </li>
        <li>
          <button class="row-link" type="button" onClick={() => void (helpOpen.value = true)}>
            <Icon name="hash" />
            <strong>{t('settings.keys')}</strong>
          </button>
        </li>
      </ul>
      <div class="settings-foot">
        <p class="soft">{t('settings.signedInAs', { acct: `@${me.value.acct}` })}</p>
        <button class="button quiet" type="button" onClick={() => void signOut()}>
          <Icon name="out" flips />
          {t('nav.signOut')}
        </button>
      </div>
    </>
  )
}

export default function SettingsScreen({ place, params }: ScreenProps) {
  const name = params['part']
  if (name === undefined)
    return (
      <ScreenFrame title={t('settings.title')} scroll={place.scroll}>
        <Overview />
      </ScreenFrame>
    )
  const part = PARTS.find((one) => one.name === name)
  if (!part) return <Missing />
  return (
    <ScreenFrame title={t(part.title)} deep scroll={0}>
      {part.show()}
    </ScreenFrame>
  )
}
