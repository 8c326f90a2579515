// A profile for visitors: who somebody is and what they post for everybody.
import type { Account, Instance, Status } from '../../contract/entities.ts'
import { t } from '../i18n/words.ts'
import { nameOf, profilePath } from '../post/who.tsx'
import type { PageRequest, Screen } from './page-request.ts'
import { Nothing, Older, PostList, StaticPost } from './posts.tsx'
import { PROFILE_TABS, ProfileHead, ProfileTabs } from './profile-head.tsx'
import type { ProfileTab } from './profile-head.tsx'
import { FeedLine, feedLinks } from './feed-links.tsx'
import { RemoteFollow } from './remote-follow.tsx'
import { plainText } from './plain-text.ts'

const PAGE_SIZE = 20

/** A person of another server: their own page is the one to read. */
export function remoteScreen(account: Account): Screen {
  const domain = account.acct.split('@')[1] ?? ''
  return {
    title: t('remote.title'),
    noindex: true,
    canonical: account.url,
    content: (
      <div class="column">
        <div class="card prose">
          <h1>{t('remote.title')}</h1>
          <p>{t('remote.text', { acct: `@${account.acct}`, domain })}</p>
          <p>
            <a class="button" href={account.url} rel="noopener noreferrer nofollow">
              {t('remote.go', { domain })}
            </a>
          </p>
        </div>
      </div>
    ),
  }
}

async function loadPosts(request: PageRequest, id: string, tab: ProfileTab): Promise<[Status[], Status[]]> {
  const choice = PROFILE_TABS.find((one) => one.name === tab)
  const before = new URLSearchParams(request.query).get('max_id')
  const older = before !== null && /^\d+$/.test(before) ? `&max_id=${before}` : ''
  const pinned = tab === 'posts' && older === ''
  const base = `/api/v1/accounts/${id}/statuses`
  const [posts, pins] = await Promise.all([
    request.load(`${base}?limit=${PAGE_SIZE}&${choice?.query ?? ''}${older}`),
    pinned ? request.load(`${base}?pinned=true`) : { status: 200, body: [] },
  ])
  return [
    posts.status === 200 ? (posts.body as Status[]) : [],
    pins.status === 200 ? (pins.body as Status[]) : [],
  ]
}

export async function profileScreen(
  request: PageRequest,
  instance: Instance,
  account: Account,
  tab: ProfileTab,
): Promise<() => Screen> {
  const [posts, pins] = await loadPosts(request, account.id, tab)
  const name = nameOf(account)
  const address = `${account.acct}@${instance.domain}`
  const path = profilePath(account)
  const pinned = new Set(pins.map((pin) => pin.id))
  const rest = posts.filter((post) => !pinned.has(post.id))
  return () => ({
    title: `${name} (@${address})`,
    description: plainText(account.note, 200) || `@${address}`,
    image: account.avatar_static,
    kind: 'profile',
    noindex: account.noindex === true || request.query !== '',
    canonical: `${request.origin}${path}`,
    alternates: [
      { type: 'application/activity+json', href: account.uri },
      ...(account.feeds === false ? [] : feedLinks(`${request.origin}${path}`, name)),
    ],
    author: `@${address}`,
    content: (
      <div class="column">
        <div class="card">
          <ProfileHead
            account={account}
            address={address}
            buttons={
              <a class="button" href="#address">
                {t('profile.follow', { name })}
              </a>
            }
          />
          <ProfileTabs account={account} current={tab} />
          {pins.map((pin) => (
            <StaticPost status={pin} now={request.now} pinned key={pin.id} />
          ))}
          {rest.length > 0 || pins.length > 0 ? (
            <PostList posts={rest} now={request.now} />
          ) : (
            <Nothing title={t('profile.empty')} text={t('profile.emptyText', { name })} />
          )}
          <Older
            posts={posts}
            path={`${path}${PROFILE_TABS.find((one) => one.name === tab)?.path ?? ''}`}
            size={PAGE_SIZE}
          />
        </div>
        <section class="card prose" aria-labelledby="follow">
          <h2 id="follow">{t('profile.follow', { name })}</h2>
          <RemoteFollow uri={account.uri} back={path} follow />
        </section>
        {account.feeds !== false && <FeedLine path={path} />}
      </div>
    ),
  })
}
