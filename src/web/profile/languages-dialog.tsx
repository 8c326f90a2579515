// In which languages one wants to be shown the posts of a person one follows.
import { useState } from 'preact/hooks'
import type { Account, Relationship } from '../../contract/entities.ts'
import { POST_LANGUAGES } from '../compose/languages.ts'
import { languageName } from '../i18n/moments.ts'
import { t } from '../i18n/words.ts'
import { nameOf } from '../post/who.tsx'
import { Dialog } from '../ui/dialog.tsx'

interface Props {
  account: Account
  relation: Relationship
  onChoose: (languages: string[]) => void
  onClose: () => void
}

export function LanguagesDialog({ account, relation, onChoose, onClose }: Props) {
  const [chosen, setChosen] = useState<readonly string[]>(relation.languages ?? [])
  const codes = [...new Set([...(relation.languages ?? []), ...POST_LANGUAGES])]
  const toggle = (code: string, on: boolean): void =>
    setChosen(on ? [...chosen, code] : chosen.filter((one) => one !== code))
  return (
    <Dialog label={t('follow.languages')} onClose={onClose} titled small>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault()
          onChoose([...chosen])
          onClose()
        }}
      >
        <p class="soft">{t('follow.languagesText', { name: nameOf(account) })}</p>
        {codes.map((code) => (
          <label class="check" key={code}>
            <input
              type="checkbox"
              checked={chosen.includes(code)}
              onChange={(event) => toggle(code, event.currentTarget.checked)}
            />
            {languageName(code)}
          </label>
        ))}
        <div class="dialog-row">
          <button class="button" type="submit">
            {t('ui.save')}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
