/** The form of a person: from fields to inputs and back. */
import type { Name, PersonCard, Stated } from '@/engine/answers'
import type { Json, JsonObject } from '@/engine/envelope'
import { type Disability, type Ethnic, type Grade, namesOf, type Phone } from './person'

export interface PersonForm {
  names: Name[]
  sex: string | null
  birth: Stated | null
  phones: { number: string; note: string }[]
  ethnicKind: string | null
  ethnicCode: string | null
  ethnicOwn: string
  id_number: string
  stage: string | null
  grade: string | null
  permit: string | null
  insurance: string | null
  disability: string | null
  disabilityType: string | null
  disabilityLevel: string | null
  occupation: string
  education: string | null
  remark: string
}

export function blankForm(name: string): PersonForm {
  return {
    names: [{ kind: 'usual', text: name }], sex: 'U', birth: null, phones: [], ethnicKind: null, ethnicCode: null, ethnicOwn: '', id_number: '',
    stage: null, grade: null, permit: null, insurance: null, disability: null, disabilityType: null, disabilityLevel: null, occupation: '',
    education: null, remark: '',
  }
}

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '')
const code = (value: Json | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** The inputs for a person's fields. */
export function formOf(person: JsonObject): PersonForm {
  const ethnic = (person['ethnic'] ?? null) as unknown as Ethnic | null
  const grade = (person['grade'] ?? null) as unknown as Grade | null
  const disability = (person['disability'] ?? null) as unknown as Disability | null
  const names = namesOf(person).map((name) => ({ ...name }))
  const phones = ((person['phones'] ?? []) as unknown as Phone[]).map((phone) => ({ number: phone.number, note: phone.note ?? '' }))
  return {
    names: names.length ? names : [{ kind: 'usual', text: '' }],
    sex: code(person['sex']) ?? 'U',
    birth: (person['birth'] ?? null) as Stated | null,
    phones,
    ethnicKind: ethnic?.kind ?? null,
    ethnicCode: ethnic?.kind === 'code' ? String(ethnic.value) : null,
    ethnicOwn: ethnic?.kind === 'own' ? String(ethnic.value) : '',
    id_number: text(person['id_number']),
    stage: grade?.stage ?? null,
    grade: grade?.grade ? String(grade.grade) : null,
    permit: code(person['permit']),
    insurance: code(person['insurance']),
    disability: disability ? (disability.has ? 'yes' : 'no') : null,
    disabilityType: disability?.type ?? null,
    disabilityLevel: disability?.level ? String(disability.level) : null,
    occupation: text(person['occupation']),
    education: code(person['education']),
    remark: text(person['remark']),
  }
}

function ethnicOf(form: PersonForm): Json {
  if (form.ethnicKind === 'code') return form.ethnicCode ? { kind: 'code', value: Number(form.ethnicCode) } : null
  if (form.ethnicKind === 'own') return form.ethnicOwn.trim() ? { kind: 'own', value: form.ethnicOwn.trim() } : null
  return form.ethnicKind === 'unrecognised' ? { kind: 'unrecognised' } : null
}

function disabilityOf(form: PersonForm): Json {
  if (form.disability === null) return null
  if (form.disability === 'no') return { has: false }
  return { has: true, type: form.disabilityType, level: form.disabilityLevel }
}

/** The fields for the inputs; empty ones are null. */
export function bodyOf(form: PersonForm): JsonObject {
  const orNull = (value: string): string | null => value.trim() || null
  return {
    names: form.names.filter((name) => name.text.trim() !== '').map((name) => ({ kind: name.kind, text: name.text.trim() })),
    sex: form.sex ?? 'U',
    birth: form.birth as Json,
    phones: form.phones.filter((phone) => phone.number.trim() !== '').map((phone) => ({ number: phone.number.trim(), note: orNull(phone.note) })),
    ethnic: ethnicOf(form),
    id_number: orNull(form.id_number),
    grade: form.stage ? { stage: form.stage, grade: form.grade ? Number(form.grade) : null } : null,
    permit: form.permit,
    insurance: form.insurance,
    disability: disabilityOf(form),
    occupation: orNull(form.occupation),
    education: form.education,
    remark: orNull(form.remark),
  }
}

/** A card for somebody registered without a connection, so that they can be found on this device at once. */
export function cardOf(id: string, form: PersonForm): PersonCard {
  const names = form.names.filter((name) => name.text.trim() !== '').map((name) => ({ ...name }))
  return {
    id, no: 0, name: names[0]?.text ?? '', names, sex: (form.sex ?? 'U') as PersonCard['sex'], birth: form.birth, age: null,
    phones_tail: form.phones.map((phone) => phone.number.replace(/\D/g, '').slice(-4)).filter(Boolean), household: null, home_text: '', merged_into: null,
  }
}
