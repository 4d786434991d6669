/** The form of a rule: plain fields that a screen binds to, to and from the rule that is sent. Pure. */
import type { Every, Plan, Rule, Weekday } from '@/engine/answers'

export type By = Every['by']
export type Ending = 'open' | 'until' | 'count'

export const WEEKDAYS: Weekday[] = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su']

export interface RuleForm {
  by: By
  interval: number
  weekdays: Weekday[]
  day: number
  nth: number
  weekday: Weekday
  month: number
  lunarMonth: number
  lunarDay: number
  from: string
  ending: Ending
  until: string
  count: number
  pauses: { from: string; to: string; words: string }[]
  start: string
  end: string
}

/** The weekday of an ISO date. */
export function weekdayOf(day: string): Weekday {
  return WEEKDAYS[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7] ?? 'mo'
}

/** A weekly rule from a day on. */
export function blank(day: string): RuleForm {
  return {
    by: 'week', interval: 1, weekdays: [weekdayOf(day)], day: Number(day.slice(8)), nth: Math.ceil(Number(day.slice(8)) / 7), weekday: weekdayOf(day), month: Number(day.slice(5, 7)),
    lunarMonth: 8, lunarDay: 15, from: day, ending: 'open', until: '', count: 10, pauses: [], start: '', end: '',
  }
}

function every(form: RuleForm): Every {
  switch (form.by) {
    case 'day':
      return { by: 'day' }
    case 'week':
      return { by: 'week', weekdays: WEEKDAYS.filter((day) => form.weekdays.includes(day)) }
    case 'month_day':
      return { by: 'month_day', day: form.day }
    case 'month_weekday':
      return { by: 'month_weekday', nth: form.nth, weekday: form.weekday }
    case 'year':
      return { by: 'year', month: form.month, day: form.day }
    case 'lunar_year':
      return { by: 'lunar_year', month: form.lunarMonth, day: form.lunarDay }
  }
}

/** What is sent. */
export function toPlan(form: RuleForm): Plan {
  const rule: Rule = {
    every: every(form), interval: form.interval, from: form.from, until: form.ending === 'until' && form.until ? form.until : null,
    count: form.ending === 'count' ? form.count : null, pauses: form.pauses.filter((pause) => pause.from).map((pause) => ({ ...pause, to: pause.to || pause.from })),
  }
  return { rule, start: form.start || null, end: form.end || null }
}

/** The form of a rule that is there. */
export function fromPlan(plan: Plan): RuleForm {
  const { rule } = plan
  const form = blank(rule.from)
  Object.assign(form, { by: rule.every.by, interval: rule.interval, pauses: rule.pauses.map((pause) => ({ ...pause })), start: plan.start ?? '', end: plan.end ?? '' })
  if (rule.until) Object.assign(form, { ending: 'until', until: rule.until })
  else if (rule.count) Object.assign(form, { ending: 'count', count: rule.count })
  const of = rule.every
  if (of.by === 'week') form.weekdays = [...of.weekdays]
  else if (of.by === 'month_day') form.day = of.day
  else if (of.by === 'month_weekday') Object.assign(form, { nth: of.nth, weekday: of.weekday })
  else if (of.by === 'year') Object.assign(form, { month: of.month, day: of.day })
  else if (of.by === 'lunar_year') Object.assign(form, { lunarMonth: of.month, lunarDay: of.day })
  return form
}
