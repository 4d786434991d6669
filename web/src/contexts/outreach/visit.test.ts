import { describe, expect, it } from 'vitest'
import { blankVisit, draftsOf, isBlank } from './visit'

const counter = (): (() => string) => {
  let n = 0
  return () => `ID${String((n += 1))}`
}
const made = { encounter: 'ENC', account: 'ME', follows: null, purpose: '走访' }

describe('a visit', () => {
  it('comes to everything that was entered, once', () => {
    const form = blankVisit('2026-11-26')
    form.met = [{ id: 'A', name: '小雁', isNew: false }, { id: 'B', name: '奶奶', isNew: true }]
    form.needs = [{ code: 'health', tag: null, words: ' 腿疼 ', person: 'B', ask: true, owner: 'LI', due: '2026-12-01' }]
    form.given = [{ item: 'COAT', name: '冬衣', count: 1, person: 'A' }]
    form.helpers = [{ id: 'V', name: '张阿姨', account: false, minutes: null }, { id: 'C', name: '陈', account: true, minutes: '30' }]
    form.minutes = '50'
    const drafts = draftsOf(form, { ...made, id: counter() })
    expect(drafts.map((draft) => draft.verb)).toEqual([
      'person.create', 'encounter.record', 'need.hear', 'request.ask', 'need.ask', 'item.give', 'hours.log', 'hours.log',
    ])
    const body = (verb: string, at = 0): unknown => drafts.filter((draft) => draft.verb === verb)[at]?.body
    expect(body('encounter.record')).toMatchObject({ persons: ['A', 'B'], volunteers: ['V'], workers: ['C'], minutes: 50, worker: 'ME' })
    expect(body('request.ask')).toMatchObject({ need: 'ID1', person: 'B', owner: 'LI', due: '2026-12-01', words: '腿疼' })
    expect(body('item.give')).toEqual({ count: 1, encounter: 'ENC', day: '2026-11-26', persons: ['A'] })
    expect([body('hours.log'), body('hours.log', 1)]).toMatchObject([{ person: 'V', minutes: 50 }, { account: 'C', minutes: 30 }])
  })

  it('closes the follow-up that it is, and shares with nobody unless said', () => {
    const form = blankVisit('2026-11-26')
    form.met = [{ id: 'A', name: '小雁', isNew: false }]
    form.sharedWith = ['LI']
    const drafts = draftsOf(form, { ...made, follows: 'OLD', id: counter() })
    expect(drafts.map((draft) => [draft.verb, draft.record])).toEqual([['encounter.record', 'ENC'], ['encounter.followed', 'OLD']])
    expect(drafts[0]?.body).toMatchObject({ lock: 'sealed', shared_with: [], follows: 'OLD' })
  })

  it('counts no time where none was given', () => {
    const form = blankVisit('2026-11-26')
    form.helpers = [{ id: 'V', name: '张阿姨', account: false, minutes: 0 }]
    expect(draftsOf(form, { ...made, id: counter() }).map((draft) => draft.verb)).toEqual(['encounter.record'])
  })

  it('is blank until something was entered', () => {
    const form = blankVisit('2026-11-26')
    form.met = [{ id: 'A', name: '小雁', isNew: false }]
    expect(isBlank(form, 'A')).toBe(true)
    form.followUp = '2026-12-01'
    expect(isBlank(form, 'A')).toBe(false)
  })
})
