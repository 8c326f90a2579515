// The start page for people without an account here: what this place is, who runs it, what goes on.
import type { Instance, Status } from '../../contract/entities.ts'
import { t } from '../i18n/words.ts'
import { PersonLine } from '../post/who.tsx'
import { Icon } from '../ui/icon.tsx'
import type { IconName } from '../ui/icon.tsx'
import { Nothing, PostList } from './posts.tsx'

function Promise({ icon, title, text }: { icon: IconName; title: string; text: string }) {
  return (
    <li>
      <Icon name={icon} />
      <div>
        <strong>{title}</strong>
        <p>{text}</p>
      </div>
    </li>
  )
}

function Doors({ instance }: { instance: Instance }) {
  const { enabled, approval_required } = instance.registrations
  const home = `/auth/sign_in?return_to=${encodeURIComponent('/auth/client?return_to=/home')}`
  return (
    <>
      <div class="row">
        {enabled && (
          <a class="button" href="/auth/sign_up">
            {t('site.join')}
          </a>
        )}
        <a class={enabled ? 'button quiet' : 'button'} href={home} rel="nofollow">
          {t('site.signIn')}
        </a>
        <a class="button quiet" href="/explore">
          {t('landing.look')}
        </a>
      </div>
      {(!enabled || approval_required) && (
        <p class="soft small lead-note">{t(enabled ? 'landing.approval' : 'landing.closed')}</p>
      )}
    </>
  )
}

export function Rules({ instance }: { instance: Instance }) {
  if (instance.rules.length === 0) return <p class="soft">{t('landing.noRules')}</p>
  return (
    <ol class="rules">
      {instance.rules.map((rule) => (
        <li key={rule.id}>
          <div>
            {rule.text}
            {rule.hint !== '' && <p class="soft small">{rule.hint}</p>}
          </div>
        </li>
      ))}
    </ol>
  )
}

export function Operators({ instance }: { instance: Instance }) {
  const { account, email } = instance.contact
  return (
    <>
      {account && <PersonLine account={account} />}
      {email !== '' && (
        <p class="operator-mail">
          <a href={`mailto:${email}`}>{t('landing.contact', { email })}</a>
        </p>
      )}
      {!account && email === '' && <p class="soft">{t('landing.noContact')}</p>}
    </>
  )
}

export function Landing({
  instance,
  posts,
  now,
}: {
  instance: Instance
  posts: readonly Status[]
  now: number
}) {
  return (
    <>
      <section class="hero">
        <div>
          <h1>{instance.title}</h1>
          <p class="lead">{instance.description}</p>
          <p class="lead">{t('landing.lead')}</p>
          <Doors instance={instance} />
          <ul class="promises">
            <Promise icon="house" title={t('landing.own')} text={t('landing.ownText')} />
            <Promise icon="people" title={t('landing.choose')} text={t('landing.chooseText')} />
            <Promise icon="globe" title={t('landing.leave')} text={t('landing.leaveText')} />
          </ul>
        </div>
        <section class="card glance" aria-labelledby="now">
          <header>
            <h2 id="now">{t('landing.now')}</h2>
            <a href="/explore">{t('landing.look')}</a>
          </header>
          {posts.length > 0 ? (
            <PostList posts={posts} now={now} />
          ) : (
            <Nothing title={t('landing.nowEmpty')} />
          )}
        </section>
      </section>
      <div class="band">
        <section class="card">
          <h2>{t('landing.rules')}</h2>
          <Rules instance={instance} />
        </section>
        <section class="card">
          <h2>{t('landing.who')}</h2>
          <Operators instance={instance} />
        </section>
      </div>
    </>
  )
}
