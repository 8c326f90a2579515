// The head of a profile: pictures, name, words, facts and numbers; the client adds buttons.
import type { ComponentChildren } from 'preact'
import type { Account } from '../../contract/entities.ts'
import { fullDay, shortNumber } from '../i18n/moments.ts'
import { t } from '../i18n/words.ts'
import { RichText } from '../post/rich-text.tsx'
import { Name, nameOf, PersonLine, profilePath } from '../post/who.tsx'
import { Icon } from '../ui/icon.tsx'

function Badges({ account, children }: { account: Account; children?: ComponentChildren }) {
  return (
    <>
      {account.bot && <span class="badge">{t('profile.bot')}</span>}
      {account.group && <span class="badge">{t('profile.group')}</span>}
      {account.locked && (
        <span class="badge" title={t('profile.locked')}>
          <Icon name="lock" />
          <span class="hidden-text">{t('profile.locked')}</span>
        </span>
      )}
      {account.roles?.map((role) => (
        <span class="badge" key={role.id}>
          {role.name}
        </span>
      ))}
      {children}
    </>
  )
}

function Fields({ account }: { account: Account }) {
  if (account.fields.length === 0) return null
  return (
    <dl class="fields">
      {account.fields.map((field, index) => (
        <div class={field.verified_at === null ? '' : 'verified'} key={index}>
          <dt>{field.name}</dt>
          <dd
            {...(field.verified_at === null
              ? {}
              : { title: t('profile.verified', { date: fullDay(field.verified_at) }) })}
          >
            {field.verified_at !== null && (
              <>
                <Icon name="check" />
                <span class="hidden-text">
                  {t('profile.verified', { date: fullDay(field.verified_at) })}:{' '}
                </span>
              </>
            )}
            <RichText html={field.value} emojis={account.emojis} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** `links` makes the numbers lead to lists of people, which only the client shows. */
function Figures({ account, links }: { account: Account; links: boolean }) {
  const path = profilePath(account)
  const figure = (count: number, word: string, href: string | undefined) => {
    const text = (
      <>
        <strong>{shortNumber(count)}</strong> {word}
      </>
    )
    return href === undefined ? <span>{text}</span> : <a href={href}>{text}</a>
  }
  return (
    <p class="figures">
      {figure(account.statuses_count, t('profile.postsCount', { count: account.statuses_count }), undefined)}
      {figure(account.following_count, t('profile.following'), links ? `${path}/following` : undefined)}
      {figure(
        account.followers_count,
        t('profile.followers', { count: account.followers_count }),
        links ? `${path}/followers` : undefined,
      )}
    </p>
  )
}

export interface ProfileHeadProps {
  account: Account
  /** The whole address, with our own domain for people of this server. */
  address: string
  buttons?: ComponentChildren
  badges?: ComponentChildren
  below?: ComponentChildren
  links?: boolean
}

export function ProfileHead({ account, address, buttons, badges, below, links = false }: ProfileHeadProps) {
  return (
    <>
      <img
        class="profile-header"
        src={account.header_static}
        alt={account.header_description}
        width="1500"
        height="500"
      />
      <div class="profile-top">
        <img
          class="avatar big"
          src={account.avatar_static}
          alt={account.avatar_description}
          width="104"
          height="104"
        />
        <div class="profile-do">{buttons}</div>
      </div>
      <div class="profile-words">
        <h1>
          <Name account={account} />
        </h1>
        <p class="profile-acct">
          <span dir="ltr">@{address}</span>
          <Badges account={account}>{badges}</Badges>
        </p>
        {account.moved && (
          <div class="profile-note">
            <p class="soft">{t('profile.moved', { name: nameOf(account) })}</p>
            <PersonLine account={account.moved} />
          </div>
        )}
        {account.note !== '' && (
          <div class="profile-note">
            <RichText html={account.note} emojis={account.emojis} />
          </div>
        )}
        <Fields account={account} />
        <Figures account={account} links={links} />
        <p class="soft small">{t('profile.joined', { date: fullDay(account.created_at) })}</p>
        {below}
      </div>
    </>
  )
}

export const PROFILE_TABS = [
  { name: 'posts', path: '', query: 'exclude_replies=true' },
  { name: 'replies', path: '/with_replies', query: '' },
  { name: 'media', path: '/media', query: 'only_media=true' },
] as const

export type ProfileTab = (typeof PROFILE_TABS)[number]['name']

export function ProfileTabs({ account, current }: { account: Account; current: ProfileTab }) {
  return (
    <nav class="tabs" aria-label={nameOf(account)}>
      {PROFILE_TABS.map((tab) => (
        <a
          href={`${profilePath(account)}${tab.path}`}
          key={tab.name}
          {...(tab.name === current ? { 'aria-current': 'page' as const } : {})}
        >
          {t(`profile.${tab.name}`)}
        </a>
      ))}
    </nav>
  )
}
