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
import { FeaturedTags } from './featured-tags.tsx'
import { Filters } from './filters.tsx'
import { FollowedTags, KeptAway } from './kept-away.tsx'
import { NotificationSettings } from './notification-settings.tsx'
import { Leaving } from './leaving.tsx'
import { OwnData } from './own-data.tsx'
import { Posting } from './posting.tsx'
import { Retention } from './retention.tsx'
import { ProfileForm } from './profile-form.tsx'

interface Part {
  name: string
  icon: IconName
  title: MessageKey
  hint: MessageKey
  /** What is shown at /settings/name. */
  show?: () => ComponentChildren
  /** Where it is instead. */
  href?: string
}

const GROUPS: readonly { title: MessageKey; parts: readonly Part[] }[] = [
  {
    title: 'settings.groupYou',
    parts: [
      {
        name: 'profile',
        icon: 'person',
        title: 'settings.profile',
        hint: 'settings.profileHint',
        show: () => (
          <>
            <ProfileForm />
            <FeaturedTags />
          </>
        ),
      },
      {
        name: 'posting',
        icon: 'pen',
        title: 'settings.posting',
        hint: 'settings.postingHint',
        show: () => <Posting />,
      },
      {
        name: 'collections',
        icon: 'people',
        title: 'packs.own',
        hint: 'settings.collectionsHint',
        href: '/collections',
      },
      { name: 'start', icon: 'house', title: 'start.title', hint: 'settings.startHint', href: '/start' },
    ],
  },
  {
    title: 'settings.groupReading',
    parts: [
      {
        name: 'appearance',
        icon: 'moon',
        title: 'settings.appearance',
        hint: 'settings.appearanceHint',
        show: () => <Appearance />,
      },
      {
        name: 'notifications',
        icon: 'bell',
        title: 'settings.notifications',
        hint: 'settings.notificationsHint',
        show: () => <NotificationSettings />,
      },
      {
        name: 'filters',
        icon: 'warn',
        title: 'settings.filters',
        hint: 'settings.filtersHint',
        show: () => <Filters />,
      },
      {
        name: 'tags',
        icon: 'hash',
        title: 'settings.tags',
        hint: 'settings.tagsHint',
        show: () => <FollowedTags />,
      },
      { name: 'lists', icon: 'list', title: 'lists.title', hint: 'settings.listsHint', href: '/lists' },
    ],
  },
  {
    title: 'settings.groupOthers',
    parts: [
      {
        name: 'requests',
        icon: 'people',
        title: 'notifications.requests',
        hint: 'settings.requestsHint',
        href: '/follow-requests',
      },
      {
        name: 'muted',
        icon: 'bell',
        title: 'settings.muted',
        hint: 'settings.mutedHint',
        show: () => <KeptAway what="muted" />,
      },
      {
        name: 'blocked',
        icon: 'close',
        title: 'settings.blocked',
        hint: 'settings.blockedHint',
        show: () => <KeptAway what="blocked" />,
      },
    ],
  },
  {
    title: 'settings.groupAccount',
    parts: [
      {
        name: 'security',
        icon: 'lock',
        title: 'settings.security',
        hint: 'settings.securityHint',
        href: '/settings/security',
      },
      {
        name: 'data',
        icon: 'down',
        title: 'data.title',
        hint: 'data.hint',
        show: () => <OwnData />,
      },
      {
        name: 'expiry',
        icon: 'clock',
        title: 'retention.title',
        hint: 'retention.hint',
        show: () => <Retention />,
      },
      {
        name: 'leaving',
        icon: 'out',
        title: 'leave.title',
        hint: 'leave.hint',
        show: () => <Leaving />,
      },
    ],
  },
]

function Row({ part }: { part: Part }) {
  return (
    <li>
      <a class="row-link" href={part.href ?? `/settings/${part.name}`}>
        <Icon name={part.icon} />
        <span class="row-words">
          <strong>{t(part.title)}</strong>
          <small class="soft">{t(part.hint)}</small>
        </span>
        <Icon name="forward" />
      </a>
    </li>
  )
}

function Foot() {
  return (
    <div class="settings-foot">
      <p class="soft">{t('settings.signedInAs', { acct: `@${me.value.acct}` })}</p>
      <button class="button quiet" type="button" onClick={() => void (helpOpen.value = true)}>
        <Icon name="hash" />
        {t('settings.keys')}
      </button>
      <button class="button quiet" type="button" onClick={() => void signOut()}>
        <Icon name="out" />
        {t('nav.signOut')}
      </button>
    </div>
  )
}

function Overview() {
  return (
    <>
      {GROUPS.map((group) => (
        <section aria-labelledby={group.title} key={group.title}>
          <h2 class="section-title" id={group.title}>
            {t(group.title)}
          </h2>
          <ul class="rows">
            {group.parts.map((part) => (
              <Row part={part} key={part.name} />
            ))}
          </ul>
        </section>
      ))}
      <Foot />
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
  const part = GROUPS.flatMap((group) => group.parts).find((one) => one.name === name)
  if (!part?.show) return <Missing />
  return (
    <ScreenFrame title={t(part.title)} deep scroll={0}>
      {part.show()}
    </ScreenFrame>
  )
}
