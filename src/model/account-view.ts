// An account with all that a wire needs to show it.
import type { Account, Role } from './account.ts'
import type { CustomEmoji } from './custom-emoji.ts'
import type { User, UserSettings } from './user.ts'

export interface AccountView {
  account: Account
  emojis: CustomEmoji[]
  /** For people of this server; so are `settings`. */
  role: Role | undefined
  settings: UserSettings | undefined
  /** Where the account moved to; that view has no `moved` itself. */
  moved: AccountView | undefined
}

/** The reader's own account, with what only its owner sees. */
export interface OwnAccountView {
  view: AccountView
  user: User
  /** Waiting follow requests, counted up to 40. */
  requests: number
}
