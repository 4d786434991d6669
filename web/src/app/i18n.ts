/** Languages: Chinese is the source and always there, the others are loaded when chosen. */
import { createI18n } from 'vue-i18n'
import { watch } from 'vue'
import zh from './messages.zh'
import { api } from './services'
import { type Language, languageTag, settings } from './settings'

/** The shape that every language must fill. */
export type Messages<T = typeof zh> = { [K in keyof T]: T[K] extends string ? string : Messages<T[K]> }

export const i18n = createI18n({
  legacy: false,
  locale: 'zh',
  fallbackLocale: 'zh',
  messages: { zh } as Record<string, Messages>,
  warnHtmlMessage: false,
})

const loaded = new Set<Language>(['zh'])
const LOADERS: Partial<Record<Language, () => Promise<{ default: Messages }>>> = {
  'zh-Hant': () => import('@/locales/hant'),
  en: () => import('@/locales/en'),
}

/** Shows another language, loading it first when needed. */
export async function useLanguage(language: Language): Promise<void> {
  const load = LOADERS[language]
  if (load && !loaded.has(language)) {
    const { default: messages } = await load()
    i18n.global.setLocaleMessage(language, messages)
    loaded.add(language)
  }
  i18n.global.locale.value = language
  api.language = languageTag(language)
}

/** Follows the setting. */
export async function startLanguage(): Promise<void> {
  watch(
    () => settings.language,
    (language) => void useLanguage(language),
  )
  await useLanguage(settings.language)
}

/** Translates outside a component. */
export function t(key: string, values: Record<string, unknown> = {}): string {
  return i18n.global.t(key, values)
}

/** Whether the reader's language is written in Chinese characters. */
export function isChinese(): boolean {
  return i18n.global.locale.value !== 'en'
}

/** Of a text that came in two languages, the reader's. */
export function either(zh: string, en: string): string {
  return isChinese() ? zh : en
}

/** Whether a text exists for that key. */
export function te(key: string): boolean {
  return i18n.global.te(key) || i18n.global.te(key, 'zh')
}

/** A code in words, and the code itself where nobody has translated it yet. */
export function words(group: string, code: unknown): string {
  if (code === null || code === undefined || code === '') return ''
  const key = `${group}.${String(code)}`
  return te(key) ? t(key) : String(code)
}
