import { describe, expect, it } from 'vitest'
import type { PersonCard } from './answers'
import { digits, fold, rankCards, rankName, within1 } from './names'
import { reader } from './readings'
import { ageOn, readStated, writeStated } from './stated'

const card = (id: string, name: string, names: string[], tail: string): PersonCard => ({
  id, no: 1, name, names: names.map((text) => ({ kind: 'usual', text })), sex: 'F', birth: null, age: null, phones_tail: [tail], household: null, home_text: '', merged_into: null,
})
const people = [card('a', '李娜', ['李娜', '小娜'], '8000'), card('b', '王芳', [], '1234'), card('c', '单雄信', [], '9999')]
const first = (query: string): string | undefined => rankCards(query, people, reader)[0]?.name

describe('finding on the device', () => {
  it('finds 李娜 however she is asked for', () => {
    for (const query of ['李', 'lina', 'ln', 'li娜', '小娜', '娜姐', '阿娜', '138 0013-8000', '+8613800138000', '８０００', 'LiNa', 'lian', '李那']) {
      expect([query, first(query)]).toEqual([query, '李娜'])
    }
  })

  it('knows surnames by their own reading', () => {
    expect(first('shan')).toBe('单雄信')
    expect(first('sxx')).toBe('单雄信')
  })

  it('stays calm about anything', () => {
    for (const query of ['', ' ', '𠮷', '<script>', "'; DROP TABLE person; --", '娜'.repeat(10_000), 'a'.repeat(10_000)]) {
      expect(Array.isArray(rankCards(query, people, reader))).toBe(true)
    }
    expect(rankName('𠮷田', '𠮷田', reader)).toBe('exact')
  })

  it('levels dots, width and spaces', () => {
    expect(fold('艾力•买买提')).toBe(fold('艾力・买买提'))
    expect(fold('李 娜')).toBe('李娜')
    expect(digits('0086 138-0013-8000')).toBe('13800138000')
    expect(within1('lina', 'ilna')).toBe(true)
    expect(within1('lina', 'wang')).toBe(false)
  })
})

describe('dates as they were said', () => {
  const today = '2026-11-24'
  it.each([
    ['2015-3-5', { precision: 'day', date: '2015-03-05' }],
    ['２０１５．３．５', { precision: 'day', date: '2015-03-05' }],
    ['20150305', { precision: 'day', date: '2015-03-05' }],
    ['2015年3月', { precision: 'month', year: 2015, month: 3 }],
    ['2015', { precision: 'year', year: 2015 }],
    ['8岁', { precision: 'age', years: 8, on: today }],
    ['虚9岁', { precision: 'nominal_age', years: 9, on: today }],
  ])('%s', (text, value) => {
    expect(readStated(text, today)).toEqual(value)
    expect(readStated(writeStated(readStated(text, today)), today)).toEqual(value)
  })

  it('refuses days that do not exist', () => {
    for (const text of ['2015-02-30', '2015-13-01', '3015-01-01', '李娜', '']) expect(readStated(text, today)).toBeNull()
  })

  it('gives ages as ranges', () => {
    expect(ageOn({ precision: 'year', year: 2015 }, today)).toEqual({ least: 10, most: 11 })
    expect(ageOn({ precision: 'day', date: '2015-11-24' }, today)).toEqual({ least: 11, most: 11 })
    expect(ageOn({ precision: 'day', date: '2015-11-25' }, today)).toEqual({ least: 10, most: 10 })
  })
})
