// Colours, contrast, size of text, motion and language.
import { useState } from 'preact/hooks'
import { currentLanguage, LANGUAGES, t } from '../i18n/words.ts'
import { lookOf, setLook } from './look.ts'
import type { LookName } from './look.ts'

interface Choice {
  value: string
  label: string
}

function Choices({ name, legend, choices }: { name: LookName; legend: string; choices: readonly Choice[] }) {
  const [chosen, setChosen] = useState(lookOf(name))
  return (
    <fieldset class="choices">
      <legend>{legend}</legend>
      {choices.map(({ value, label }) => (
        <label key={value}>
          <input
            type="radio"
            name={name}
            value={value}
            checked={chosen === value}
            onChange={() => {
              setChosen(value)
              setLook(name, value)
            }}
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  )
}

function Switch({ name, on, label }: { name: LookName; on: string; label: string }) {
  const [chosen, setChosen] = useState(lookOf(name) === on)
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={chosen}
        onChange={(event) => {
          setChosen(event.currentTarget.checked)
          setLook(name, event.currentTarget.checked ? on : '')
        }}
      />
      {label}
    </label>
  )
}

export function Appearance() {
  return (
    <div class="form">
      <Choices
        name="theme"
        legend={t('settings.theme')}
        choices={[
          { value: '', label: t('settings.themeAuto') },
          { value: 'light', label: t('settings.themeLight') },
          { value: 'dark', label: t('settings.themeDark') },
        ]}
      />
      <Choices
        name="text"
        legend={t('settings.textSize')}
        choices={[
          { value: 'small', label: t('settings.textSmall') },
          { value: '', label: t('settings.textNormal') },
          { value: 'large', label: t('settings.textLarge') },
          { value: 'larger', label: t('settings.textLarger') },
        ]}
      />
      <Switch name="contrast" on="more" label={t('settings.contrast')} />
      <Switch name="motion" on="less" label={t('settings.motion')} />
      <label>
        {t('settings.language')}
        <select
          class="field"
          value={currentLanguage()}
          onChange={(event) => setLook('lang', event.currentTarget.value)}
        >
          {Object.entries(LANGUAGES).map(([code, name]) => (
            <option value={code} lang={code} key={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}
