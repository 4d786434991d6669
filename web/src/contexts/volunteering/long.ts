/** Minutes as people say them. */
import { t } from '@/app/i18n'

export function long(minutes: number): string {
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  if (hours === 0) return t('volunteering.min', { n: rest })
  return rest === 0 ? t('volunteering.h', { n: hours }) : t('volunteering.hMin', { h: hours, n: rest })
}
