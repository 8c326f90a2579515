// The frame around every screen: where to go, the button to write, what lies over the page.
import { useEffect, useState } from 'preact/hooks'
import type { ComponentType } from 'preact'
import { me } from '../api/session.ts'
import { compose, composing, writingWaits } from '../compose/open.ts'
import { loadComposer } from '../compose/waits.ts'
import { t } from '../i18n/words.ts'
import { Lightbox } from '../post/lightbox.tsx'
import { Avatar, Name, profilePath } from '../post/who.tsx'
import { Questions, tell, Toasts } from '../ui/feedback.tsx'
import { Icon, Mark } from '../ui/icon.tsx'
import type { IconName } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'
import type { MenuItem } from '../ui/menu.tsx'
import { instance } from '../api/session.ts'
import { accountsOpen, others, signOut } from './accounts.ts'
import { KeysHelp } from './keys.tsx'
import { unread } from './live.ts'
import { OfflineBar } from './offline-bar.tsx'
import { isModerating, pending, watchPending } from './pending.ts'
import { go, place } from './router.ts'
import { CurrentScreen } from './screen.tsx'

interface Goal {
  path: string
  icon: IconName
  label: string
  count?: number
}

function goals(): Goal[] {
  return [
    { path: '/home', icon: 'home', label: t('nav.home') },
    { path: '/notifications', icon: 'bell', label: t('nav.notifications'), count: unread.value },
    { path: '/search', icon: 'search', label: t('nav.search') },
    { path: '/public/local', icon: 'people', label: t('nav.local') },
    { path: '/public', icon: 'globe', label: t('nav.public') },
    { path: '/conversations', icon: 'mail', label: t('nav.conversations') },
    { path: '/lists', icon: 'list', label: t('nav.lists') },
    { path: '/circles', icon: 'circle', label: t('circles.title') },
    { path: '/bookmarks', icon: 'keep', label: t('nav.bookmarks') },
    { path: '/favourites', icon: 'like', label: t('nav.favourites') },
    { path: '/settings', icon: 'gear', label: t('nav.settings') },
    ...(isModerating()
      ? [{ path: '/admin', icon: 'house' as const, label: t('nav.admin'), count: pending.value }]
      : []),
  ]
}

function GoalLink({ goal }: { goal: Goal }) {
  const { path } = place.value
  const current = path === goal.path || (goal.path === '/admin' && path.startsWith('/admin/'))
  const { count = 0 } = goal
  return (
    <a
      class="goal"
      href={goal.path}
      {...(current ? { 'aria-current': 'page' as const } : {})}
      title={goal.label}
    >
      <span class="goal-icon">
        <Icon name={goal.icon} />
        {count > 0 && (
          <span class="count">
            <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
            <span class="hidden-text">
              {t(goal.path === '/admin' ? 'nav.pending' : 'nav.unread', { count })}
            </span>
          </span>
        )}
      </span>
      <span class="goal-label">{goal.label}</span>
    </a>
  )
}

function Rail() {
  return (
    <header class="rail">
      <a class="brand" href="/home">
        <Mark />
        <span>{instance.title}</span>
      </a>
      <nav aria-label={t('nav.main')}>
        {goals().map((goal) => (
          <GoalLink goal={goal} key={goal.path} />
        ))}
      </nav>
      <button class="button write" type="button" onClick={() => compose()} aria-label={t('nav.write')}>
        <Icon name="pen" />
        <span>{t('nav.write')}</span>
      </button>
      <Me />
    </header>
  )
}

function accountItems(): MenuItem[] {
  return [
    { label: t('accounts.switch'), icon: 'people', run: () => void (accountsOpen.value = true) },
    { label: t('nav.signOut'), icon: 'out', run: () => void signOut() },
  ]
}

/** Something waits in another account of this browser. */
function ElsewhereDot() {
  if (!others.value.some((other) => other.unread > 0)) return null
  return <span class="elsewhere" role="img" aria-label={t('accounts.waitingElsewhere')} />
}

function Me() {
  const account = me.value
  return (
    <div class="rail-me">
      <a class="person" href={profilePath(account)}>
        <Avatar account={account} size="small" />
        <span>
          <strong>
            <Name account={account} />
          </strong>
          <small dir="ltr">@{account.acct}</small>
        </span>
      </a>
      <Menu
        label={t('nav.more')}
        up
        items={[
          { label: t('nav.profile'), icon: 'person', run: () => go(profilePath(account)) },
          { label: t('drafts.title'), icon: 'draft', run: () => go('/drafts') },
          { label: t('nav.settings'), icon: 'gear', run: () => go('/settings') },
          ...accountItems(),
        ]}
      >
        <Icon name="more" />
        <ElsewhereDot />
      </Menu>
    </div>
  )
}

/** On phones: the four places that matter, and everything else behind one button. */
function Tabs() {
  const [home, bell, search, ...rest] = goals()
  const account = me.value
  return (
    <nav class="tab-bar" aria-label={t('nav.main')}>
      {home && <GoalLink goal={home} />}
      {search && <GoalLink goal={search} />}
      <button class="goal write" type="button" onClick={() => compose()} aria-label={t('nav.write')}>
        <span class="goal-icon">
          <Icon name="pen" />
        </span>
      </button>
      {bell && <GoalLink goal={bell} />}
      <Menu
        label={t('nav.more')}
        up
        buttonClass="goal"
        items={[
          { label: t('nav.profile'), icon: 'person', run: () => go(profilePath(account)) },
          ...rest.map((goal) => ({ label: goal.label, icon: goal.icon, run: () => go(goal.path) })),
          { label: t('drafts.title'), icon: 'draft', run: () => go('/drafts') },
          null,
          ...accountItems(),
        ]}
      >
        <span class="goal-icon">
          <Avatar account={account} size="tiny" />
          <ElsewhereDot />
        </span>
      </Menu>
    </nav>
  )
}

/** Something that is loaded when it is first opened. */
function Later({ open, load }: { open: boolean; load: () => Promise<{ default: ComponentType }> }) {
  const [Loaded, setLoaded] = useState<ComponentType | undefined>(undefined)
  useEffect(() => {
    if (open && !Loaded)
      void load().then(
        (module) => setLoaded(() => module.default),
        () => tell(t('error.offline'), { bad: true }),
      )
  }, [open])
  return open && Loaded ? <Loaded /> : null
}

export function Shell() {
  useEffect(watchPending, [])
  return (
    <>
      <a class="skip" href="#content">
        {t('site.skip')}
      </a>
      <div class="shell">
        <Rail />
        <main id="content" class="main" tabIndex={-1}>
          <OfflineBar />
          <CurrentScreen />
        </main>
      </div>
      <Tabs />
      <Later open={composing.value !== undefined} load={loadComposer} />
      <Later open={writingWaits.value} load={() => import('../compose/outbox-bar.tsx')} />
      <Later open={accountsOpen.value} load={() => import('./accounts-dialog.tsx')} />
      <Lightbox />
      <Questions />
      <KeysHelp />
      <Toasts />
    </>
  )
}
