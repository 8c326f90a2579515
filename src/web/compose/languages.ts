// The languages offered for a post, whose names come from the browser, and the one chosen last.
import { me } from '../api/session.ts'

export const POST_LANGUAGES: readonly string[] =
  'ar bg bn ca cs cy da de el en eo es et eu fa fi fr ga gl he hi hr hu hy id is it ja ka ko ku lt lv mk ms nl no oc pl pt ro ru sk sl sq sr sv sw ta te th tr uk ur vi yi zh'.split(
    ' ',
  )

const name = (): string => `folkmoot-language ${me.peek().id}`

/** '' where the last choice was to recognise it, or none was made. */
export function rememberedLanguage(): string {
  try {
    const kept = localStorage.getItem(name()) ?? ''
    return POST_LANGUAGES.includes(kept) ? kept : ''
  } catch {
    return ''
  }
}

export function rememberLanguage(language: string): void {
  try {
    localStorage.setItem(name(), language)
  } catch {
    // Then the next post begins as the settings say.
  }
}
