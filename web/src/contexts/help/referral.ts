/** What a partner may be told: proposed from the register, group by group, as the consent has it. */
import { age, sex } from '@/app/format'
import { t, words } from '@/app/i18n'
import { today } from '@/app/format'
import type { PersonView, ReferralItem, Stated, Told } from '@/engine/answers'
import { ageOn } from '@/engine/stated'
import { disabilityText, gradeText, nameOf, type Phone } from '../people/person'

/** What the register knows of these groups; empty where it knows nothing. */
export function proposals(view: PersonView, groups: string[], need: string): Told[] {
  const { person } = view
  const phones = (person['phones'] ?? []) as unknown as Phone[]
  const birth = (person['birth'] ?? null) as Stated | null
  const kin = view.ties.filter((tie) => tie.direction === 'out' && tie.other.name).map((tie) => `${t(`tie.${tie.kind}`)} ${tie.other.name ?? ''}`)
  const known: Record<string, string> = {
    name: nameOf(view),
    age: [person['sex'] === 'U' ? '' : sex(String(person['sex'] ?? 'U')), birth ? age(ageOn(birth, today())) : ''].filter(Boolean).join('，'),
    phone: phones.map((phone) => [phone.number, phone.note].filter(Boolean).join(' ')).join('，'),
    address: view.households.map((household) => household.address ?? '').filter(Boolean)[0] ?? '',
    family: kin.join('，'),
    school: gradeText(person['grade']),
    health: [disabilityText(person['disability']), words('insurance', person['insurance'])].filter(Boolean).join('，'),
    need,
  }
  return groups.map((group) => ({ group, text: known[group] ?? '' })).filter((told) => told.text !== '')
}

/** How old it is, in words. */
export function ageText(item: ReferralItem): string {
  if (item.late) return t('referral.late', { n: item.days })
  return item.days === 0 ? t('referral.ageToday') : t('referral.age', { n: item.days + 1 })
}

/** Days from today, as a date. */
export function inDays(days: number, from: string = today()): string {
  const day = new Date(`${from}T12:00:00Z`)
  day.setUTCDate(day.getUTCDate() + days)
  return day.toISOString().slice(0, 10)
}
