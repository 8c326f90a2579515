// How Markdown will look when it is published, made by the very code that the server uses.
import { useEffect, useState } from 'preact/hooks'
import { t } from '../i18n/words.ts'
import { RichText } from '../post/rich-text.tsx'

export function Preview({ text }: { text: string }) {
  const [html, setHtml] = useState('')
  useEffect(() => {
    let current = true
    const render = async (): Promise<void> => {
      const { formatMarkdown } = await import('../../lib/text/format-markdown.ts')
      const { html: made } = formatMarkdown(text, {
        mention: () => undefined,
        hashtag: (name) => `/tags/${encodeURIComponent(name)}`,
      })
      if (current) setHtml(made)
    }
    void render()
    return () => {
      current = false
    }
  }, [text])
  return (
    <div class="preview" role="region" aria-label={t('compose.preview')}>
      <RichText html={html} emojis={[]} />
    </div>
  )
}
