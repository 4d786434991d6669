import { describe, expect, it } from 'vitest'
import type { CareChild, CareList } from '@/engine/answers'
import type { JsonObject } from '@/engine/envelope'
import { derive, fromParts } from '@/engine/ids'
import { arrival, careId, clock, departure, late, overlayCare, recordOf } from './care'
import type { Step } from './roll'

const SESSION = fromParts(1, 1n)
const ACTIVITY = fromParts(1, 2n)
const CHILD = fromParts(1, 3n)
const child: CareChild = {
  child: { id: CHILD, name: '李娜' }, signup: fromParts(1, 9n), standing: 'in', line: null, marked: 'never', arrival: 'never', care: null, permissions: [],
  note: { health: '', guardian: '', phone: '', version: 0 },
}
const session = { id: SESSION, activity: ACTIVITY, title: '', day: '2026-11-24', start: '16:30', end: '18:00' }
const list: CareList = { session, children: [child], here: 0, left: 0, expected: 1, keep_until: '2026-11-24' }
const names = { person: (id: string) => `?${id}` }
const step = (verb: string, body: JsonObject = {}, record = careId(SESSION, CHILD)): Step => ({ verb, record, body, at: '' })
const lay = (...steps: Step[]): CareList => overlayCare(list, steps, names)

describe('a session in care on this device', () => {
  it('counts who is here, who left, and who is still expected', () => {
    const come = step('care.arrive', { child: CHILD, arrived: '16:31' })
    const here = lay(come)
    expect([here.here, here.left, here.expected]).toEqual([1, 0, 0])
    const gone = lay(come, step('care.release', { permission: SESSION, left: '18:20' }))
    expect([gone.here, gone.left]).toEqual([0, 1])
    expect(gone.children[0]?.care).toMatchObject({ arrived: '16:31', left: '18:20', permission: SESSION, late: 20 })
    expect(lay(come, step('care.release', { left: '18:20' }), step('care.recall')).here).toBe(1)
    expect(lay(come, step('care.unmark')).children[0]).toMatchObject({ care: null, arrival: 'withdrawn' })
  })

  it('adds a child that the list did not have', () => {
    const other = fromParts(1, 4n)
    const laid = lay(step('care.arrive', { child: other, arrived: '16:40' }, careId(SESSION, other)))
    expect(laid.children.map((each) => each.child.name)).toEqual(['李娜', `?${other}`])
    expect(laid.here).toBe(1)
  })

  it('goes on with the record that is there, also where it was made for another record of the child', () => {
    const care = { id: careId(SESSION, fromParts(1, 5n)), arrived: '16:30', left: null, permission: null, taken_by: '', why: '', second: null, second_name: '', late: 0, version: 1 }
    const here = { ...list, children: [{ ...child, care }] }
    const gone = overlayCare(here, [step('care.release', { left: '18:00' }, care.id)], names)
    expect(gone.children[0]?.care?.left).toBe('18:00')
    expect(recordOf(SESSION, child)).toBe(careId(SESSION, CHILD))
  })

  it('leaves alone what is about another session', () => {
    expect(lay(step('care.arrive', { child: CHILD, arrived: '16:31' }, careId(ACTIVITY, CHILD))).here).toBe(0)
  })
})

describe('one tap', () => {
  it('notes the arrival, the mark, and that who signed up came', () => {
    expect(arrival(child, session, '16:31').map((draft) => draft.verb)).toEqual(['care.arrive', 'participation.mark', 'signup.come'])
    expect(arrival({ ...child, marked: 'there', standing: 'came' }, session, '16:31').map((draft) => draft.verb)).toEqual(['care.arrive'])
  })

  it('restores what was taken back rather than making it again', () => {
    const again = arrival({ ...child, arrival: 'withdrawn', marked: 'withdrawn', signup: null }, session, '16:50')
    expect(again.map((draft) => draft.verb)).toEqual(['care.restore', 'care.amend', 'participation.restore'])
    expect(again[1]?.body).toEqual({ arrived: '16:50' })
  })

  it('is taken back whole', () => {
    const records = departure(child, session).map((draft) => draft.record)
    expect(records).toEqual([careId(SESSION, CHILD), derive(SESSION, `person:${CHILD}`), child.signup])
  })
})

describe('times of day', () => {
  it('says by how much somebody is late', () => {
    expect([late('18:00', '18:25'), late('18:00', '17:00'), late(null, '23:00'), late('18:00', 'x')]).toEqual([25, 0, 0, 0])
    expect(clock(new Date(2026, 10, 24, 9, 5).getTime())).toBe('09:05')
  })
})
