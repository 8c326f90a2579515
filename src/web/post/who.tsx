// People in lines of text: their picture, name and address.
import type { Account } from '../../contract/entities.ts'
import { EmojiText } from './rich-text.tsx'

export function nameOf(account: Account): string {
  return account.display_name === '' ? account.username : account.display_name
}

/** Where a person's profile is on this site. */
export function profilePath(account: Pick<Account, 'acct'>): string {
  return `/@${account.acct}`
}

export function Name({ account }: { account: Account }) {
  return <EmojiText text={nameOf(account)} emojis={account.emojis} />
}

/** The picture says nothing that the name beside it does not: it is empty for screen readers. */
export function Avatar({ account, size = '' }: { account: Account; size?: '' | 'tiny' | 'small' | 'big' }) {
  return (
    <img
      class={`avatar ${size}`.trim()}
      src={account.avatar_static}
      alt=""
      width="48"
      height="48"
      loading="lazy"
      decoding="async"
    />
  )
}

/** A line with picture, name and address that leads to the profile. */
export function PersonLine({ account, children }: { account: Account; children?: preact.ComponentChildren }) {
  return (
    <a class="person" href={profilePath(account)}>
      <Avatar account={account} />
      <span>
        <strong>
          <Name account={account} />
        </strong>
        <small dir="ltr">@{account.acct}</small>
      </span>
      {children}
    </a>
  )
}
