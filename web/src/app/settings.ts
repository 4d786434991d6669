/** What this browser remembers about how to show things; never about people. */
import { reactive, watch } from 'vue'

export type Theme = 'auto' | 'light' | 'dark'
export type Language = 'zh' | 'en'

interface Settings {
  theme: Theme
  language: Language
  /** The language was chosen on this device, so that an account's own does not override it. */
  chosen: boolean
  large: boolean
  device: string
}

const KEY = 'skein.settings'

function read(): Partial<Settings> {
  try {
    // eslint-disable-next-line no-restricted-globals
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Settings>
  } catch {
    return {}
  }
}

function browserLanguage(): Language {
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}

const saved = read()

export const settings = reactive<Settings>({
  theme: saved.theme ?? 'auto',
  language: saved.language ?? browserLanguage(),
  chosen: saved.chosen ?? false,
  large: saved.large ?? false,
  device: saved.device ?? '',
})

/** Shows the language that somebody asked for. */
export function chooseLanguage(language: Language): void {
  Object.assign(settings, { language, chosen: true })
}

const dark = globalThis.matchMedia('(prefers-color-scheme: dark)')

function show(): void {
  const root = document.documentElement
  const theme = settings.theme === 'auto' ? (dark.matches ? 'dark' : 'light') : settings.theme
  root.dataset['theme'] = theme
  root.dataset['large'] = String(settings.large)
  root.lang = settings.language === 'zh' ? 'zh-CN' : 'en'
  document.querySelector('meta[name=theme-color]')?.setAttribute('content', theme === 'dark' ? '#10191d' : '#0e5a63')
}

/** Applies the settings to the page and keeps them applied and saved. */
export function startSettings(): void {
  show()
  dark.addEventListener('change', show)
  watch(settings, () => {
    show()
    try {
      // eslint-disable-next-line no-restricted-globals
      localStorage.setItem(KEY, JSON.stringify(settings))
    } catch {
      // A browser that keeps nothing still works for this visit.
    }
  })
}
