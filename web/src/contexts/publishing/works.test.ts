import { describe, expect, it } from 'vitest'
import type { FaceItem, Standing } from '@/engine/answers'
import { citations, missing, pointAt } from './works'

const face = (standing: Standing, consent: string | null = null): FaceItem => ({ id: standing, at: null, person: null, words: '', standing, consent })

describe('a picture and who is on it', () => {
  it('tells a tap in shares of the picture, never beyond it', () => {
    const box = { left: 10, top: 20, width: 200, height: 100 }
    expect(pointAt({ x: 110, y: 45 }, box)).toEqual({ x: 5_000, y: 2_500 })
    expect(pointAt({ x: 0, y: 500 }, box)).toEqual({ x: 0, y: 10_000 })
    expect(pointAt({ x: 5, y: 5 }, { left: 0, top: 0, width: 0, height: 0 })).toEqual({ x: 10_000, y: 10_000 })
  })

  it('counts what stands against it, and nothing that does not', () => {
    expect(missing([face('consented', 'a'), face('unrecognisable')])).toBe('')
    expect(missing([face('lacking'), face('lacking'), face('refused')])).toBe('1 个孩子自己不愿意，2 人没有同意')
  })

  it('cites each consent once', () => {
    expect(citations([face('consented', 'a'), face('consented', 'a'), face('unrecognisable')])).toEqual(['a'])
  })
})
