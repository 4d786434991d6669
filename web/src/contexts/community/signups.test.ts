import { describe, expect, it } from 'vitest'
import type { SignUpItem } from '@/engine/answers'
import { fromParts } from '@/engine/ids'
import { arrivals, company, departures } from './signups'

const session = { id: fromParts(1, 1n), activity: fromParts(1, 2n) }
const item = (rest: Partial<SignUpItem>): SignUpItem => ({
  id: fromParts(1, 3n), person: null, nickname: '小宝妈', phone: null, adults: 1, children: 0, words: '', standing: 'in', line: null, admitted: false, to_tell: false, version: 1, ...rest,
})

describe('from sign-up to roll', () => {
  it('marks as many heads as were signed up', () => {
    for (const [adults, children] of [[1, 0], [1, 2], [3, 1], [0, 1], [0, 4]] as const) {
      const marks = arrivals(item({ adults, children }), session).filter((draft) => draft.verb === 'participation.mark')
      const heads = marks.reduce((sum, draft) => sum + (draft.body?.['kind'] === 'tally' ? Number(draft.body['count']) : 1), 0)
      expect(heads).toBe(adults + children)
    }
  })

  it('names the same records on every phone, and takes back what it made', () => {
    const known = item({ person: { id: fromParts(1, 9n), name: '李娜' }, nickname: null, adults: 1, children: 2 })
    expect(arrivals(known, session)).toEqual(arrivals(known, session))
    const made = arrivals(known, session).map((draft) => draft.record)
    expect(departures(known, session).map((draft) => draft.record)).toEqual(made)
    expect(arrivals(known, session).at(-1)?.verb).toBe('signup.come')
  })

  it('takes a child for the named one where no adult comes', () => {
    expect(company({ adults: 0, children: 3 })).toEqual({ adults: 0, children: 2 })
    expect(arrivals(item({ adults: 0, children: 1 }), session)[0]?.body?.['group']).toMatchObject({ age: 'child' })
  })
})
