// The first steps of a newcomer: who one is, how things work here, what interests one, whom to follow.
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { ScreenProps } from '../app/screen-props.ts'
import { ScreenFrame } from '../app/screen-frame.tsx'
import { go } from '../app/router.ts'
import { forgetFeeds } from '../api/feed.ts'
import { instance } from '../api/session.ts'
import { t } from '../i18n/words.ts'
import type { MessageKey } from '../i18n/words.ts'
import { RichText } from '../post/rich-text.tsx'
import { Packs } from '../profile/packs.tsx'
import { Suggestions } from '../profile/suggestions.tsx'
import { HowItWorks } from './how-it-works.tsx'
import { Interests } from './interests.tsx'
import { WhoYouAre } from './who-you-are.tsx'

export interface StepProps {
  /** Goes on to the next step. */
  next: () => void
}

interface Step {
  name: string
  title: MessageKey
  text: MessageKey
  show: (props: StepProps) => ComponentChildren
  /** The step has a button of its own to go on with. */
  isForm?: true
}

const STEPS: readonly Step[] = [
  {
    name: 'you',
    title: 'start.you',
    text: 'start.youText',
    show: (props) => <WhoYouAre {...props} />,
    isForm: true,
  },
  { name: 'how', title: 'start.how', text: 'start.howText', show: () => <HowItWorks /> },
  { name: 'tags', title: 'start.tags', text: 'start.tagsText', show: () => <Interests /> },
  {
    name: 'people',
    title: 'start.people',
    text: 'start.peopleText',
    show: () => (
      <>
        <Packs />
        <Suggestions />
      </>
    ),
  },
]

function goHome(): void {
  forgetFeeds()
  go('/home')
}

function Progress({ at }: { at: number }) {
  return (
    <ol class="start-progress" aria-label={t('start.progress', { at: at + 1, of: STEPS.length })}>
      {STEPS.map((step, index) => (
        <li key={step.name} {...(index === at ? { 'aria-current': 'step' as const } : {})}>
          <a href={`/start?step=${step.name}`} class={index <= at ? 'reached' : ''}>
            <span class="hidden-text">{t(step.title)}</span>
          </a>
        </li>
      ))}
    </ol>
  )
}

export default function StartScreen({ place }: ScreenProps) {
  const asked = place.query.get('step') ?? 'you'
  const at = Math.max(
    0,
    STEPS.findIndex((step) => step.name === asked),
  )
  const step = STEPS[at]
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    scrollTo(0, 0)
    if (at > 0) heading.current?.focus({ preventScroll: true })
  }, [])
  if (!step) return null
  const last = at === STEPS.length - 1
  const next = (): void => {
    const following = STEPS[at + 1]
    if (following) go(`/start?step=${following.name}`)
    else goHome()
  }
  return (
    <ScreenFrame
      title={t('start.title')}
      tools={
        <button class="button quiet slim" type="button" onClick={goHome}>
          {t('start.skip')}
        </button>
      }
    >
      <div class="start">
        <Progress at={at} />
        <h2 class="start-title" ref={heading} tabIndex={-1}>
          {t(step.title)}
        </h2>
        {at === 0 && instance.welcome !== undefined && <RichText html={instance.welcome} emojis={[]} />}
        <p class="soft start-text">{t(step.text)}</p>
        {step.show({ next })}
        {step.isForm !== true && (
          <div class="start-go">
            <button class="button" type="button" onClick={next}>
              {t(last ? 'start.finish' : 'start.next')}
            </button>
          </div>
        )}
      </div>
    </ScreenFrame>
  )
}
