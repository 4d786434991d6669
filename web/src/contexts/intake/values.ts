/** Cells of an import in words. */
import { stated } from '@/app/format'
import { te, t, words } from '@/app/i18n'
import type { Json } from '@/engine/envelope'
import { divisionName } from '../people/divisions'

/** A field of the importer in words. */
export function fieldText(field: string): string {
  const key = `intake.fields['${field}']`
  return te(key) ? t(key) : words('field', field)
}

/** A home as its deepest division in words, then township and village. */
function homeText(home: { [key: string]: Json }): string {
  const code = String(home['county'] ?? home['city'] ?? home['province'] ?? '')
  return [divisionName(code) || code, home['town'], home['village']].filter((part) => typeof part === 'string' && part !== '').join(' ')
}

/** A clean value as one line. */
export function cellText(field: string, value: Json): string {
  if (value === null || value === '') return ''
  const groups: Record<string, string> = { sex: 'sex', tenure: 'tenure', permit: 'permit', insurance: 'insurance', needs: 'need', education: 'education', relation: 'member', tie: 'tie', kind: 'contact', result: 'encounterOutcome' }
  if (Array.isArray(value)) return value.map((each) => cellText(field, each)).filter(Boolean).join('、')
  if (typeof value === 'object') {
    if (typeof value['precision'] === 'string') return stated(value as never)
    if (typeof value['stage'] === 'string') return [words('stage', value['stage']), value['grade'] ? t('people.gradeN', { n: value['grade'] }) : ''].filter(Boolean).join(' ')
    if ('has' in value) return value['has'] ? [t('people.disabilityHas'), words('disability', value['type'])].filter(Boolean).join(' ') : t('people.disabilityNone')
    if ('total' in value) return value['total'] === null ? '?' : String(value['total'])
    if ('province' in value) return homeText(value)
    return Object.entries(value).map(([key, each]) => cellText(key === 'relation' ? 'tie' : key, each)).filter(Boolean).join(' ')
  }
  const group = groups[field]
  // A log says that somebody was reached where an encounter says that they met.
  const code = field === 'result' && value === 'reached' ? 'met' : value
  return group ? words(group, code) : String(value)
}

/** What a row is called in the preview: whom it is about. */
export function titleOf(values: { [key: string]: Json }): string {
  return cellText('name', values['name'] ?? values['label'] ?? values['who'] ?? null)
}
