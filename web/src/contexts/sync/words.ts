/** `noun.verb` in words. */
import { te, t } from '@/app/i18n'

export function verbText(full: string): string {
  const [noun = '', verb = ''] = full.split('.')
  const part = (group: string, key: string): string => (te(`sync.${group}.${key}`) ? t(`sync.${group}.${key}`) : key)
  return `${part('verb', verb)} · ${part('noun', noun)}`
}
