/** A person's fields as the screens use them. */
import type { Name, PersonView, Stated } from '@/engine/answers'
import type { Json, JsonObject } from '@/engine/envelope'
import { either, t, te, words } from '@/app/i18n'
import { stated } from '@/app/format'
import { type Reading, useRead } from '@/app/read'
import { device, deviceOpen } from '@/app/services'
import { overlay } from '@/engine/apply'
import { GROUPS } from './groups'

/** A person's page, with what this device changed and has not sent yet laid over it. */
export function usePerson(id: () => string | null, purpose: 'care' | 'edit'): Reading<PersonView> {
  return useRead<PersonView>(() => (id() ? `/people/${id() ?? ''}?purpose=${purpose}` : null), async (view) => {
    const unsent = deviceOpen() ? await device().outbox.about(id() ?? '') : []
    const changed = overlay(
      { noun: 'person', id: id() ?? '', fields: view.person, version: view.meta.version, retracted: view.meta.retracted },
      unsent.map((row) => row.envelope).filter((envelope) => envelope.verb === 'person.amend'),
    )
    return changed ? { ...view, person: changed.fields } : view
  })
}

export interface Phone {
  number: string
  note: string | null
}

export interface Ethnic {
  kind: 'code' | 'unrecognised' | 'own'
  value?: number | string
}

export interface Disability {
  has: boolean
  type?: string | null
  level?: number | string | null
}

export interface Grade {
  stage: string
  grade: number | null
}

const order = ['usual', 'birth', 'nickname', 'pen', 'romanised', 'former']

/** The names of a person, best for showing first. */
export function namesOf(person: JsonObject): Name[] {
  const names = (person['names'] ?? []) as unknown as Name[]
  return [...names].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
}

/** What to call somebody. */
export function nameOf(view: PersonView): string {
  if (view.meta.erased) return t('people.erased')
  return namesOf(view.person)[0]?.text ?? t('ui.unknown')
}

/** An ethnic group in words. */
export function ethnicText(value: Json | undefined): string {
  const ethnic = value as unknown as Ethnic | null | undefined
  if (!ethnic) return ''
  if (ethnic.kind === 'unrecognised') return t('people.ethnicUnrecognised')
  if (ethnic.kind === 'own') return String(ethnic.value ?? '')
  return groupText(Number(ethnic.value))
}

/** The name of an ethnic group by its number. */
export function groupText(code: number): string {
  const group = GROUPS.find(([number]) => number === code)
  if (!group) return ''
  return te(`ethnicGroup.${String(code)}`) ? t(`ethnicGroup.${String(code)}`) : either(group[1], group[2])
}

/** School grade in words. */
export function gradeText(value: Json | undefined): string {
  const grade = value as unknown as Grade | null | undefined
  if (!grade) return ''
  const stage = words('stage', grade.stage)
  return grade.grade === null || grade.grade === undefined ? stage : `${stage} ${t('people.gradeN', { n: grade.grade })}`
}

export function disabilityText(value: Json | undefined): string {
  const disability = value as unknown as Disability | null | undefined
  if (!disability) return ''
  if (!disability.has) return t('people.disabilityNone')
  return [t('people.disabilityHas'), words('disability', disability.type), disability.level ?? ''].filter(Boolean).join(' · ')
}

/** Any field of any record as one line of text, for history and conflicts. */
export function valueText(field: string, value: Json | undefined): string {
  if (value === null || value === undefined || value === '') return '—'
  if (typeof value === 'boolean') return value ? t('ui.yes') : t('ui.no')
  const coded: Record<string, string> = {
    sex: 'sex', permit: 'permit', insurance: 'insurance', tenure: 'tenure', education: 'education', role: 'role', code: 'need', answer: 'staying.answer', meal: 'staying.mealAnswer',
  }
  const group = coded[field]
  if (group && typeof value === 'string') return words(group, value) || value
  if (field === 'status' && typeof value === 'string') return words('requestStatus', value) || value
  if (field === 'ethnic') return ethnicText(value)
  if (field === 'grade') return gradeText(value)
  if (field === 'disability') return disabilityText(value)
  if (['birth', 'from', 'to', 'expected_back'].includes(field) && typeof value === 'object') return stated(value as unknown as Stated)
  if (Array.isArray(value)) return value.map((each) => itemText(each)).join('、') || '—'
  return itemText(value)
}

function itemText(value: Json): string {
  if (value === null || typeof value !== 'object') return String(value ?? '')
  if (Array.isArray(value)) return value.map(itemText).join('、')
  for (const key of ['text', 'number', 'name', 'words']) {
    const found = value[key]
    if (typeof found === 'string') return found
  }
  return Object.values(value).filter((each) => each !== null && typeof each !== 'object').map(String).join(' ')
}

/** GB 11643: whether an 18-character number has the right check character; `null` where it has another length. */
export function idChecks(text: string): boolean | null {
  const id = text.normalize('NFKC').replace(/[\s'’]/g, '').toUpperCase()
  if (!/^\d{17}[\dX]$/.test(id)) return null
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((total, weight, at) => total + weight * Number(id[at]), 0)
  return '10X98765432'[sum % 11] === id[17]
}
