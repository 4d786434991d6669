/** A session in care as it will be once this device's unsent commands are stored. Pure. */
import type { CareChild, CareItem, CareList, PickupItem } from '@/engine/answers'
import type { Draft } from '@/engine/envelope'
import { derive } from '@/engine/ids'
import type { Names, Step } from './roll'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** The record of a child's time at a session. */
export const careId = (session: string, child: string): string => derive(session, `care:${child}`)
/** The same, once it is there: of a child with two records it may be the other one's. */
export const recordOf = (session: string, child: CareChild): string => child.care?.id ?? careId(session, child.child.id)
/** The record of what to know of a child. */
export const noteId = (child: string): string => derive(child, 'care_note')

/** Minutes since midnight of a time such as `16:30`. */
export function minutes(time: string | null | undefined): number | null {
  const found = /^(\d\d):(\d\d)$/.exec(time ?? '')
  return found ? Number(found[1]) * 60 + Number(found[2]) : null
}

/** Minutes after the end of a session; 0 where it has no end, or has not ended. */
export function late(end: string | null | undefined, at: string | null | undefined): number {
  const [last, now] = [minutes(end), minutes(at)]
  return last === null || now === null ? 0 : Math.max(0, now - last)
}

/** The time of day here. */
export function clock(now: number): string {
  const date = new Date(now)
  return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`
}

/** Who a line of the list names. */
export const fetcher = (line: PickupItem): string => line.person?.name || line.name

const fresh = (id: string, arrived: string): CareItem => ({ id, arrived, left: null, permission: null, taken_by: '', why: '', second: null, second_name: '', late: 0, version: 0 })

function stranger(id: string, name: string): CareChild {
  return { child: { id, name }, signup: null, standing: null, line: null, marked: 'never', arrival: 'never', care: null, permissions: [], note: { health: '', guardian: '', phone: '', version: 0 } }
}

function after(list: CareList, child: CareChild, step: Step): CareChild {
  const care = child.care
  const handed = (rest: Partial<CareItem>): CareChild => (care ? { ...child, care: { ...care, left: null, permission: null, taken_by: '', second: null, second_name: '', late: 0, ...rest } } : child)
  const left = textOrNull(step.body['left'])
  switch (step.verb) {
    case 'care.arrive':
      return { ...child, arrival: 'there', care: care ?? fresh(step.record, text(step.body['arrived'])) }
    case 'care.restore':
      return { ...child, arrival: 'there', care: care ?? fresh(step.record, '') }
    case 'care.amend':
      return care ? { ...child, care: { ...care, arrived: text(step.body['arrived']) || care.arrived } } : child
    case 'care.unmark':
      return { ...child, arrival: 'withdrawn', care: null }
    case 'care.release':
      return handed({ left, permission: textOrNull(step.body['permission']), late: late(list.session.end, left) })
    case 'care.hand_over':
      return handed({ left, taken_by: text(step.body['taken_by']), second: textOrNull(step.body['second']), second_name: text(step.body['second_name']), late: late(list.session.end, left) })
    case 'care.recall':
      return handed({})
    default:
      return child
  }
}

/** What the children of a list add up to. */
export function counted(list: CareList, children: CareChild[]): CareList {
  const here = children.filter((each) => each.care !== null && each.care.left === null).length
  const left = children.filter((each) => each.care !== null && each.care.left !== null).length
  const expected = children.filter((each) => each.care === null && each.standing === 'in').length
  return { ...list, children, here, left, expected }
}

/** Lays unsent commands over the server's list. */
export function overlayCare(list: CareList, steps: Step[], names: Names): CareList {
  if (steps.length === 0) return list
  let children = list.children
  for (const step of steps) {
    const child = text(step.body['child'])
    if (step.verb === 'care.arrive' && child !== '' && !children.some((each) => each.child.id === child)) children = [...children, stranger(child, names.person(child))]
    children = children.map((each) => (recordOf(list.session.id, each) === step.record ? after(list, each, step) : each))
  }
  return counted(list, children)
}

/**
 * A child is here: its time in care, its mark on the roll, and that who signed up came. Each by itself, so that a mark that
 * somebody else made does not lose the arrival.
 */
export function arrival(child: CareChild, session: { id: string; activity: string; day: string }, arrived: string): Draft[] {
  const record = careId(session.id, child.child.id)
  const base = { session: session.id, activity: session.activity }
  const come: Draft[] =
    child.arrival === 'withdrawn'
      ? [{ verb: 'care.restore', record, body: {} }, { verb: 'care.amend', record, body: { arrived } }]
      : [{ verb: 'care.arrive', record, body: { ...base, child: child.child.id, day: session.day, arrived } }]
  const mark = derive(session.id, `person:${child.child.id}`)
  if (child.marked === 'never') come.push({ verb: 'participation.mark', record: mark, body: { ...base, kind: 'person', person: child.child.id } })
  if (child.marked === 'withdrawn') come.push({ verb: 'participation.restore', record: mark, body: {} })
  if (child.signup && child.standing !== 'came') come.push({ verb: 'signup.come', record: child.signup, body: {} })
  return come
}

/** The wrong child was tapped: what takes an arrival back. */
export function departure(child: CareChild, session: { id: string }): Draft[] {
  const drafts: Draft[] = [
    { verb: 'care.unmark', record: recordOf(session.id, child), body: {} },
    { verb: 'participation.unmark', record: derive(session.id, `person:${child.child.id}`), body: {} },
  ]
  return child.signup ? [...drafts, { verb: 'signup.stay', record: child.signup, body: {} }] : drafts
}
