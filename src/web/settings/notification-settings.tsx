// What this device tells of while the page is closed, and whose notifications are put aside.
import { useEffect, useState } from 'preact/hooks'
import type { NotificationPolicy, WebPushSubscription } from '../../contract/entities.ts'
import { call, get } from '../api/http.ts'
import { me } from '../api/session.ts'
import { t } from '../i18n/words.ts'
import { ALERTS, canPush, changePush, endPush, readPush, startPush } from '../offline/push.ts'
import type { PushPolicy } from '../offline/push.ts'
import { attempt, tell } from '../ui/feedback.tsx'

type Push = WebPushSubscription | undefined | 'unknown'

const POLICIES: readonly PushPolicy[] = ['all', 'followed', 'follower', 'none']

function Kinds({ push, onChange }: { push: WebPushSubscription; onChange: (push: Push) => void }) {
  const change = (alerts: Record<string, boolean>, policy: PushPolicy): void =>
    void attempt(async () => onChange(await changePush(alerts, policy)))
  const isStaff = (me.value.role?.permissions ?? '0') !== '0'
  const kinds = ALERTS.filter((kind) => isStaff || !kind.startsWith('admin.'))
  return (
    <>
      <fieldset>
        <legend>{t('push.kinds')}</legend>
        {kinds.map((kind) => (
          <label class="check" key={kind}>
            <input
              type="checkbox"
              checked={push.alerts[kind] === true}
              onChange={(event) =>
                change({ ...push.alerts, [kind]: event.currentTarget.checked }, push.policy)
              }
            />
            {t(`kind.${kind}`)}
          </label>
        ))}
      </fieldset>
      <label>
        {t('push.whose')}
        <select
          class="field"
          value={push.policy}
          onChange={(event) => change(push.alerts, event.currentTarget.value as PushPolicy)}
        >
          {POLICIES.map((policy) => (
            <option value={policy} key={policy}>
              {t(`push.${policy}`)}
            </option>
          ))}
        </select>
      </label>
    </>
  )
}

function PushPart() {
  const [push, setPush] = useState<Push>('unknown')
  useEffect(() => {
    void readPush().then(setPush, () => setPush(undefined))
  }, [])
  const on = async (): Promise<void> => {
    const started = await startPush().catch(() => null)
    if (started) setPush(started)
    else tell(t(started === null ? 'push.failed' : 'push.denied'), { bad: true })
  }
  const off = (): void =>
    void attempt(async () => {
      await endPush()
      setPush(undefined)
    })
  const denied = canPush() && Notification.permission === 'denied'
  return (
    <section class="form">
      <h2>{t('push.title')}</h2>
      <p class="soft">{t(canPush() ? (denied ? 'push.denied' : 'push.text') : 'push.impossible')}</p>
      {push === undefined && canPush() && !denied && (
        <div>
          <button class="button" type="button" onClick={() => void on()}>
            {t('push.on')}
          </button>
        </div>
      )}
      {push !== undefined && push !== 'unknown' && (
        <>
          <div class="push-on">
            <p>{t('push.isOn')}</p>
            <button class="button quiet slim" type="button" onClick={off}>
              {t('push.off')}
            </button>
          </div>
          <Kinds push={push} onChange={setPush} />
        </>
      )}
    </section>
  )
}

const ASIDE = [
  'for_not_following',
  'for_not_followers',
  'for_new_accounts',
  'for_private_mentions',
  'for_limited_accounts',
  'for_bots',
] as const

function PolicyPart() {
  const [policy, setPolicy] = useState<NotificationPolicy | undefined>(undefined)
  useEffect(() => {
    void attempt(async () => setPolicy(await get<NotificationPolicy>('/api/v2/notifications/policy')))
  }, [])
  if (!policy) return null
  const change = (name: (typeof ASIDE)[number], value: string): void =>
    void attempt(async () =>
      setPolicy(
        await call<NotificationPolicy>('PATCH', '/api/v2/notifications/policy', { body: { [name]: value } }),
      ),
    )
  return (
    <section class="form">
      <h2>{t('policy.title')}</h2>
      <p class="soft">{t('policy.text')}</p>
      {ASIDE.map((name) => (
        <label key={name}>
          {t(`policy.${name}`)}
          <select
            class="field"
            value={policy[name]}
            onChange={(event) => change(name, event.currentTarget.value)}
          >
            <option value="accept">{t('policy.accept')}</option>
            <option value="filter">{t('policy.filter')}</option>
            <option value="drop">{t('policy.drop')}</option>
          </select>
        </label>
      ))}
      <p>
        <a href="/notifications/requests">{t('requests.title')}</a>
      </p>
    </section>
  )
}

export function NotificationSettings() {
  return (
    <>
      <PushPart />
      <PolicyPart />
    </>
  )
}
