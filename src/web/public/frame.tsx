// The frame of every public page: its head for machines, the bar above and the lines below for people.
import type { ComponentChildren } from 'preact'
import type { Instance } from '../../contract/entities.ts'
import { currentLanguage, t } from '../i18n/words.ts'
import { Mark } from '../ui/icon.tsx'
import type { Assets, Screen } from './page-request.ts'

interface FrameProps {
  screen: Screen
  instance: Instance
  assets: Assets
  origin: string
  path: string
}

function Meta({ screen, instance, origin, path }: FrameProps) {
  const description = screen.description ?? instance.description
  const image = screen.image ?? instance.thumbnail.url
  const url = screen.canonical ?? `${origin}${path}`
  return (
    <>
      <title>{path === '/' ? screen.title : `${screen.title} · ${instance.title}`}</title>
      <meta name="description" content={description} />
      {screen.noindex === true && <meta name="robots" content="noindex" />}
      <meta property="og:site_name" content={instance.title} />
      <meta property="og:title" content={screen.title} />
      <meta property="og:description" content={description} />
      <meta property="og:type" content={screen.kind ?? 'website'} />
      <meta property="og:url" content={url} />
      <meta property="og:image" content={image} />
      <meta
        name="twitter:card"
        content={screen.kind === 'article' && screen.image ? 'summary_large_image' : 'summary'}
      />
      {screen.author !== undefined && <meta name="fediverse:creator" content={screen.author} />}
      <link rel="canonical" href={url} />
      {screen.alternates?.map((one) => (
        <link
          rel="alternate"
          type={one.type}
          href={one.href}
          key={one.type}
          {...(one.title ? { title: one.title } : {})}
        />
      ))}
    </>
  )
}

function Head(props: FrameProps) {
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <Meta {...props} />
      <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
      <link rel="apple-touch-icon" href="/apple-touch-icon.png" />
      <link rel="manifest" href="/manifest.json" />
      {props.assets.styles.map((href) => (
        <link rel="stylesheet" href={href} key={href} />
      ))}
      {props.assets.scripts.map((src) => (
        <script type="module" src={src} key={src} />
      ))}
    </head>
  )
}

function Bar({ instance, path }: { instance: Instance; path: string }) {
  const back = `/auth/sign_in?return_to=${encodeURIComponent(`/auth/client?return_to=${path === '/' ? '/home' : path}`)}`
  return (
    <header class="site-head">
      <div>
        <a class="brand" href="/">
          <Mark />
          <span>{instance.title}</span>
        </a>
        <nav aria-label={t('nav.main')}>
          <a href="/explore">{t('site.explore')}</a>
          <a class="wide-only" href="/about">
            {t('site.about')}
          </a>
          <a class="button slim" href={back} rel="nofollow">
            {t('site.signIn')}
          </a>
        </nav>
      </div>
    </header>
  )
}

function Foot({ instance }: { instance: Instance }) {
  return (
    <footer class="site-foot">
      <div>
        <a href="/about">{t('site.about')}</a>
        <a href="/explore">{t('site.explore')}</a>
        <a href="/privacy-policy">{t('site.privacy')}</a>
        <span>{instance.domain}</span>
        <span>{t('site.software')}</span>
      </div>
    </footer>
  )
}

export function Frame(props: FrameProps & { children: ComponentChildren }) {
  return (
    <html lang={currentLanguage()} dir="ltr">
      <Head {...props} />
      <body>
        <a class="skip" href="#content">
          {t('site.skip')}
        </a>
        <Bar instance={props.instance} path={props.path} />
        <main id="content">{props.children}</main>
        <Foot instance={props.instance} />
      </body>
    </html>
  )
}
