/** What a consent usually covers, so that recording one takes a few taps. */
import { today } from '@/app/format'
import { t } from '@/app/i18n'
import type { ConsentItem, PersonView } from '@/engine/answers'

export const PURPOSES = ['referral', 'photo', 'trip', 'camp', 'handover', 'study', 'other']
export const FIELDS = ['name', 'age', 'phone', 'address', 'family', 'school', 'health', 'legal', 'need', 'image']
export const RELATIONS = ['mother', 'father', 'grandmother', 'grandfather', 'guardian', 'other']
export const PROOFS = ['spoken', 'paper', 'signed']
export const ANSWERS = ['yes', 'no', 'not_asked']

const COVERS: Record<string, string[]> = {
  referral: ['name', 'phone', 'need'],
  photo: ['image'],
  trip: ['name', 'age', 'phone', 'health'],
  camp: ['name', 'age', 'phone', 'health', 'family'],
  handover: ['name', 'age', 'phone', 'family', 'school'],
  study: ['age'],
}
const MONTHS: Record<string, number> = { referral: 6, trip: 3, camp: 6, handover: 6, study: 12 }

/** The fields that such a consent usually covers. */
export function usualFields(purpose: string): string[] {
  return COVERS[purpose] ?? []
}

/** Until when such a consent is usually given; empty where it has no end. */
export function usualEnd(purpose: string, from: string = today()): string {
  const months = MONTHS[purpose]
  if (months === undefined) return ''
  const day = new Date(`${from}T12:00:00Z`)
  day.setUTCMonth(day.getUTCMonth() + months)
  return day.toISOString().slice(0, 10)
}

/** Somebody who may consent for a person. */
export interface Giver {
  relation: string
  person: string | null
  text: string
}

/** The guardians on a person's page; the person itself comes last for a child, first for a grown-up. */
export function giversOf(view: PersonView): Giver[] {
  const kin = view.ties
    .filter((tie) => tie.direction === 'out' && RELATIONS.includes(tie.kind) && tie.kind !== 'other')
    .map((tie) => ({ relation: tie.kind, person: tie.other.id, text: `${tie.other.name ?? ''} · ${t(`consent.relation.${tie.kind}`)}` }))
  const own = { relation: 'own', person: null, text: t('consent.relation.own') }
  return view.minor ? [...kin, own] : [own, ...kin]
}

/** Who consented, in words. */
export function giverText(item: ConsentItem): string {
  const name = item.by?.name || item.by_name
  const relation = t(`consent.relation.${item.relation}`)
  return name ? `${name}（${relation}）` : relation
}
