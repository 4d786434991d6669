/** What the pages of forms share. */
import type { FormPointing } from '@/engine/answers'

/** Nothing pointed at yet. */
export function blank(sheet: string): FormPointing {
  return { sheet, first_row: 0, last_row: 0, columns: {}, cells: {} }
}

/** The quarter that a day lies in: its first and its last day. */
export function quarter(day: string): { from: string; to: string } {
  const [year, month] = day.split('-').map(Number)
  const first = Math.floor(((month ?? 1) - 1) / 3) * 3 + 1
  const pad = (n: number): string => String(n).padStart(2, '0')
  const last = first === 1 || first === 10 ? 31 : 30
  return { from: `${String(year)}-${pad(first)}-01`, to: `${String(year)}-${pad(first + 2)}-${String(last)}` }
}
