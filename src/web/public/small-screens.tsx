// Pages of a sentence or two: what is not here, and the way to one's own server.
import { t } from '../i18n/words.ts'
import type { Screen } from './page-request.ts'
import { RemoteFollow } from './remote-follow.tsx'

/** The same whether something never was, is gone or is private. */
export function missingScreen(): Screen {
  return {
    title: t('missing.title'),
    status: 404,
    noindex: true,
    content: (
      <div class="column">
        <div class="card prose">
          <h1>{t('missing.title')}</h1>
          <p>{t('missing.text')}</p>
          <p>
            <a class="button" href="/">
              {t('missing.home')}
            </a>
          </p>
        </div>
      </div>
    ),
  }
}

/** Asks for the visitor's address; `?wrong=1` says that the last one could not be used. */
export function interactScreen(query: string): Screen {
  const params = new URLSearchParams(query)
  const uri = params.get('uri') ?? ''
  return {
    title: t('remoteFollow.title'),
    noindex: true,
    content: (
      <div class="column">
        <div class="card prose">
          <h1>{t('remoteFollow.title')}</h1>
          {params.has('wrong') && (
            <p class="problem" role="alert">
              {t('remoteFollow.wrong')}
            </p>
          )}
          <RemoteFollow
            uri={uri}
            back={`/search?q=${encodeURIComponent(uri)}`}
            follow={params.get('intent') === 'follow'}
          />
        </div>
      </div>
    ),
  }
}
