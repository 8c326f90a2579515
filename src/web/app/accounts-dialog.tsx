// The accounts that this browser is signed in with: who one is, who waits, and signing in or out.
import type { CredentialAccount } from '../../contract/entities.ts'
import { me } from '../api/session.ts'
import { t } from '../i18n/words.ts'
import { Avatar, Name, nameOf } from '../post/who.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { sure } from '../ui/feedback.tsx'
import { Icon } from '../ui/icon.tsx'
import { accountsOpen, addAccount, changeTo, others, signOut } from './accounts.ts'
import type { Other } from './accounts.ts'

function close(): void {
  accountsOpen.value = false
}

function Face({ account, children }: { account: CredentialAccount; children?: preact.ComponentChildren }) {
  return (
    <>
      <Avatar account={account} />
      <span class="account-words">
        <strong>
          <Name account={account} />
        </strong>
        <small dir="ltr">@{account.acct}</small>
      </span>
      {children}
    </>
  )
}

function OtherAccount({ other: { account, unread } }: { other: Other }) {
  const change = (): void => {
    close()
    void changeTo(account.id)
  }
  return (
    <li>
      <button class="account" type="button" onClick={change}>
        <Face account={account}>
          {unread > 0 && (
            <span class="account-count">
              <span aria-hidden="true">{unread > 99 ? '99+' : unread}</span>
              <span class="hidden-text">{t('accounts.waiting', { count: unread })}</span>
            </span>
          )}
        </Face>
      </button>
    </li>
  )
}

async function signOutAll(): Promise<void> {
  close()
  if (await sure(t('accounts.signOutAllSure'))) await signOut(true)
}

export default function AccountsDialog() {
  const account = me.value
  const list = others.value
  return (
    <Dialog label={t('accounts.title')} onClose={close} titled small>
      <div class="form">
        <p class="soft">{t('accounts.text')}</p>
        <ul class="accounts">
          <li>
            <span class="account here" aria-current="true">
              <Face account={account}>
                <span class="account-mark">
                  <Icon name="check" />
                  <span class="hidden-text">{t('accounts.current')}</span>
                </span>
              </Face>
            </span>
          </li>
          {list.map((other) => (
            <OtherAccount other={other} key={other.account.id} />
          ))}
        </ul>
        <div class="accounts-deeds">
          <button class="button quiet" type="button" onClick={addAccount}>
            <Icon name="plus" />
            {t('accounts.add')}
          </button>
          <button
            class="button quiet"
            type="button"
            onClick={() => {
              close()
              void signOut()
            }}
          >
            <Icon name="out" />
            {t('accounts.signOut', { name: nameOf(account) })}
          </button>
          {list.length > 0 && (
            <button class="button quiet" type="button" onClick={() => void signOutAll()}>
              <Icon name="out" />
              {t('accounts.signOutAll')}
            </button>
          )}
        </div>
      </div>
    </Dialog>
  )
}
