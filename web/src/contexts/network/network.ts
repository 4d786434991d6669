/** How organisations are worded. */
import { day } from '@/app/format'
import { t } from '@/app/i18n'
import type { VerifiedView } from '@/engine/answers'

export const GROUPS = ['government', 'civil_society', 'private', 'media', 'migrants']

/** When somebody last made sure of it, in words. */
export function verifiedText(verified: VerifiedView): string {
  if (verified.on === null) return t('network.never')
  if (verified.stale) return t('network.stale', { n: verified.days ?? 0 })
  return verified.by?.name ? t('network.verifiedBy', { day: day(verified.on), who: verified.by.name }) : t('network.verified', { day: day(verified.on) })
}
