import { expect, test } from 'vitest'
import { quarter } from './forms'

test.each([
  ['2024-01-31', '2024-01-01', '2024-03-31'],
  ['2024-06-01', '2024-04-01', '2024-06-30'],
  ['2024-08-15', '2024-07-01', '2024-09-30'],
  ['2024-12-31', '2024-10-01', '2024-12-31'],
])('the quarter of %s', (day, from, to) => {
  expect(quarter(day)).toEqual({ from, to })
})
