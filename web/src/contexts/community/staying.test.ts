import { describe, expect, it } from 'vitest'
import type { StayItem, StayList } from '@/engine/answers'
import type { Draft } from '@/engine/envelope'
import type { Step } from './roll'
import { atMeal, entry, overlayStays, returns, said, stayId, tapped, totalsOf } from './staying'

const HOME = '01ARZ3NDEKTSV4RRFFQ69G5FAV'
const ADULT = '01BX5ZZKBKACTAV9WEVGEMMVRY'
const CHILD = '01BX5ZZKBKACTAV9WEVGEMMVRZ'
const STAY = '01BX5ZZKBKACTAV9WEVGEMMVS0'
const SESSION = '01BX5ZZKBKACTAV9WEVGEMMVS1'

function item(rest: Partial<StayItem> = {}): StayItem {
  const relative = (id: string, child: boolean): StayItem['members'][number] => ({ who: { id, name: id }, child, elder: false, phones: [], stay: child ? null : { id: STAY, expected_back: null, version: 3 } })
  return {
    id: stayId(HOME, 'spring', 2027), household: HOME, number: 'A1', person: null, members: [relative(CHILD, true), relative(ADULT, false)], answer: 'not_asked', from: null, back: null,
    with_household: null, with_person: null, with_words: '', people: null, children: null, meal: 'not_asked', words: '', signup: null, version: 0, ...rest,
  }
}
function list(items: StayItem[], rest: Partial<StayList> = {}): StayList {
  const festival = { code: 'spring', year: 2027, name_zh: '春节', name_en: 'Spring Festival', day: '2027-02-06', eve: '2027-02-05', days: 20, offered: true }
  return { festival, meal: null, meal_version: 0, items, more: false, totals: totalsOf(items, { households: 5, single: 0 }), ...rest }
}
const meal = { id: SESSION, activity: HOME, changes: 1 } as StayList['meal']
const steps = (drafts: Draft[]): Step[] => drafts.map(({ verb, record, body }) => ({ verb, record, body: body ?? {}, at: '' }))
const lay = (before: StayList, drafts: Draft[]): StayList => overlayStays(before, steps(drafts), new Map())

describe('one tap', () => {
  it('lists a household and notes the answer, with as many as it has', () => {
    const before = list([item()])
    const drafts = entry(item(), before, tapped(item(), 'stays_alone'))
    expect(drafts.map((each) => [each.verb, each.base ?? null])).toEqual([['festival_stay.list', null], ['festival_stay.amend', 1]])
    const [after] = lay(before, drafts).items
    expect([after?.answer, after?.people, after?.children, after?.version]).toEqual(['stays_alone', 2, 1, 1])
  })
  it('moves who is alone to the front and counts it', () => {
    const other = item({ id: stayId(ADULT, 'spring', 2027), number: 'A0', answer: 'goes_home', version: 2 })
    const before = list([item(), other])
    const after = lay(before, entry(other, before, tapped(other, 'stays_alone')))
    expect(after.items.map((each) => each.number)).toEqual(['A0', 'A1'])
    expect(after.totals.stays_alone).toEqual({ households: 1, single: 0, people: 2, children: 1, untold: 0 })
    expect(after.totals.not_asked).toBe(6)
  })
  it('is taken back to what was said before', () => {
    const told = item({ answer: 'stays_with', with_words: '姐姐家', people: 1, children: 0, version: 4 })
    const before = list([told])
    const gone = lay(before, entry(told, before, tapped(told, 'goes_home')))
    expect([gone.items[0]?.people, gone.items[0]?.with_words]).toEqual([null, ''])
    const back = lay(gone, entry(gone.items[0] ?? told, gone, said(told)))
    expect(back.items[0]).toMatchObject({ answer: 'stays_with', with_words: '姐姐家', people: 1, children: 0 })
  })
  it('does not know how many stay where the register has nobody', () => {
    const empty = item({ members: [] })
    expect(tapped(empty, 'stays_alone')).toEqual({ answer: 'stays_alone', people: null, children: null })
    const after = lay(list([empty]), entry(empty, list([empty]), tapped(empty, 'stays_alone')))
    expect(after.totals.stays_alone).toMatchObject({ households: 1, people: 0, untold: 1 })
  })
})

describe('the meal', () => {
  it('signs the first grown-up up for all who stay', () => {
    const told = item({ answer: 'stays_alone', people: 3, children: 2, version: 2 })
    const drafts = atMeal(told, list([told], { meal }), 'yes')
    expect(drafts[1]).toMatchObject({ verb: 'signup.make', body: { person: ADULT, adults: 1, children: 2, told: 1 } })
    const after = lay(list([told], { meal }), drafts)
    expect([after.items[0]?.signup?.standing, after.totals.comes.people]).toEqual(['in', 3])
    const off = atMeal(after.items[0] ?? told, after, 'no')
    expect(off[1]).toMatchObject({ verb: 'signup.cancel', record: after.items[0]?.signup?.id })
    const none = lay(after, off)
    expect([none.totals.comes.households, none.totals.invited.households]).toEqual([0, 1])
    expect(atMeal(none.items[0] ?? told, none, 'yes')[1]).toMatchObject({ verb: 'signup.renew' })
  })
  it('signs nobody up where no session is linked', () => {
    expect(atMeal(item(), list([item()]), 'yes').map((each) => each.verb)).toEqual(['festival_stay.list', 'festival_stay.amend'])
  })
})

it('notes the return in the stays of those who have one', () => {
  const drafts = returns(item(), '2027-02-20')
  expect(drafts).toEqual([{ verb: 'stay.amend', record: STAY, base: 3, body: { expected_back: { precision: 'day', date: '2027-02-20' } } }])
  const after = lay(list([item()]), drafts).items[0]
  expect(after && returns(after, '2027-02-20')).toEqual([])
  expect(after && tapped(after, 'goes_home')).toEqual({ answer: 'goes_home', back: '2027-02-20' })
})
