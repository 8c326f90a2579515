// The second step: the few things that are different here, said once and in plain words.
import { instance, me } from '../api/session.ts'
import { t } from '../i18n/words.ts'
import { Icon } from '../ui/icon.tsx'
import type { IconName } from '../ui/icon.tsx'

function Fact({ icon, title, text }: { icon: IconName; title: string; text: string }) {
  return (
    <li>
      <Icon name={icon} />
      <div>
        <strong>{title}</strong>
        <p class="soft">{text}</p>
      </div>
    </li>
  )
}

export function HowItWorks() {
  const address = `@${me.value.username}@${instance.domain}`
  return (
    <ul class="promises start-facts">
      <li>
        <Icon name="at" />
        <div>
          <strong>{t('start.address')}</strong>
          <p class="start-address" dir="ltr">
            {address}
          </p>
          <p class="soft">{t('start.addressText', { domain: instance.domain })}</p>
        </div>
      </li>
      <Fact icon="globe" title={t('start.everybody')} text={t('start.everybodyText')} />
      <Fact icon="lock" title={t('start.followers')} text={t('start.followersText')} />
      <Fact icon="people" title={t('start.circles')} text={t('start.circlesText')} />
      <Fact icon="home" title={t('start.home')} text={t('start.homeText')} />
      <Fact icon="warn" title={t('start.safe')} text={t('start.safeText')} />
    </ul>
  )
}
