/** What this browser remembers about how to show things; never about people. */
import { reactive, watch } from 'vue'

export type Theme = 'auto' | 'light' | 'dark'
export type Language = 'zh' | 'zh-Hant' | 'en'

/** Every language under its own name, in the order in which they are offered. */
export const LANGUAGES: readonly { value: Language; text: string; tag: string }[] = [
  { value: 'zh', text: '简体中文', tag: 'zh-CN' },
  { value: 'zh-Hant', text: '繁體中文', tag: 'zh-Hant' },
  { value: 'en', text: 'English', tag: 'en' },
]

/** Whether a text names a language that the program speaks. */
export function isLanguage(text: unknown): text is Language {
  return LANGUAGES.some((language) => language.value === text)
}

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
  const tag = navigator.language.toLowerCase()
  if (!tag.startsWith('zh')) return 'en'
  return /hant|-tw|-hk|-mo/.test(tag) && !tag.includes('hans') ? 'zh-Hant' : 'zh'
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
  root.lang = languageTag(settings.language)
  document.querySelector('meta[name=theme-color]')?.setAttribute('content', theme === 'dark' ? '#10191d' : '#0e5a63')
}

/** How a page and a request name a language. */
export function languageTag(language: Language): string {
  return LANGUAGES.find((each) => each.value === language)?.tag ?? 'zh-CN'
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
