// What this place is, in full: who runs it, its rules and limits, and which servers it keeps away from.
import type { DomainBlock, ExtendedDescription, Instance } from '../../contract/entities.ts'
import { t } from '../i18n/words.ts'
import { Operators, Rules } from './landing.tsx'
import type { PageRequest, Screen } from './page-request.ts'

function megabytes(bytes: number): string {
  return t('about.megabytes', { count: Math.round(bytes / 1_048_576) })
}

function Limits({ instance }: { instance: Instance }) {
  const { statuses, media_attachments: media, polls } = instance.configuration
  const facts: [string, string][] = [
    [t('about.characters'), String(statuses.max_characters)],
    [t('about.files'), String(statuses.max_media_attachments)],
    [t('about.imageSize'), megabytes(media.image_size_limit)],
    [t('about.videoSize'), megabytes(media.video_size_limit)],
    [t('about.pollOptions'), String(polls.max_options)],
  ]
  return (
    <dl class="fields facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Avoided({ blocks }: { blocks: readonly DomainBlock[] }) {
  if (blocks.length === 0) return <p class="soft">{t('about.noBlocks')}</p>
  return (
    <details class="avoided">
      <summary>{t('about.blocksCount', { count: blocks.length })}</summary>
      <ul>
        {blocks.map((block) => (
          <li key={block.digest}>
            <strong dir="ltr">{block.domain}</strong>{' '}
            <span class="badge">
              {t(block.severity === 'suspend' ? 'about.suspended' : 'about.silenced')}
            </span>
            {(block.comment ?? '') !== '' && (
              <p class="soft small" dir="auto">
                {block.comment}
              </p>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}

/** Operators who name none leave it at this very page. */
function hasSource({ source_url }: Instance): boolean {
  return URL.canParse(source_url) && new URL(source_url).pathname !== '/about'
}

function About({
  instance,
  more,
  blocks,
}: {
  instance: Instance
  more: string
  /** Undefined when the operators do not tell. */
  blocks: readonly DomainBlock[] | undefined
}) {
  const terms = instance.configuration.urls.terms_of_service
  return (
    <div class="column">
      <div class="card prose">
        <h1>{t('about.title', { title: instance.title })}</h1>
        <p>{instance.description}</p>
        {/* Sanitised by the API, as posts are. */}
        {more !== '' && <div class="content" dir="auto" dangerouslySetInnerHTML={{ __html: more }} />}
        <p class="soft">{t('landing.numbers', { people: instance.usage.users.active_month })}</p>
        <h2>{t('landing.who')}</h2>
        <Operators instance={instance} />
        <h2>{t('landing.rules')}</h2>
        <Rules instance={instance} />
        <p>
          <a href="/privacy-policy">{t('about.privacy')}</a>
          {terms !== null && (
            <>
              {' · '}
              <a href="/terms-of-service">{t('about.terms')}</a>
            </>
          )}
        </p>
        <h2>{t('about.limits')}</h2>
        <Limits instance={instance} />
        {blocks && (
          <>
            <h2>{t('about.blocks')}</h2>
            <p>{t('about.blocksText')}</p>
            <Avoided blocks={blocks} />
          </>
        )}
        <h2>{t('about.more')}</h2>
        <p>{t('about.moreText')}</p>
        <h2>{t('about.reading')}</h2>
        <p>{t('about.readingText')}</p>
        <h2>{t('program.title')}</h2>
        <p>
          {t('program.text')}
          {hasSource(instance) && (
            <>
              {' '}
              <a href={instance.source_url} rel="noopener">
                {t('program.source')}
              </a>
            </>
          )}
        </p>
      </div>
    </div>
  )
}

export async function aboutScreen(request: PageRequest, instance: Instance): Promise<() => Screen> {
  const [described, blocked] = await Promise.all([
    request.load('/api/v1/instance/extended_description'),
    request.load('/api/v1/instance/domain_blocks'),
  ])
  const more = described.status === 200 ? (described.body as ExtendedDescription).content : ''
  const blocks = blocked.status === 200 ? (blocked.body as DomainBlock[]) : undefined
  return () => ({
    title: t('about.title', { title: instance.title }),
    content: <About instance={instance} more={more} blocks={blocks} />,
  })
}
