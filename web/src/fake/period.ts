/** The fake server's report of a period: figures of no real place. */
import type { BehindFigure, PeriodReport, PeriodTotals, ReportBlock } from '@/engine/answers'
import type { Views } from './views'
import { row } from './reports'

type Line = [key: string, zh: string, en: string, count: number]

function block(zh: string, en: string, unit: string, lines: Line[], unknown: number, all?: number): ReportBlock {
  const known = lines.reduce((sum, line) => sum + line[3], 0)
  const whole = all ?? known + unknown
  return {
    title_zh: zh, title_en: en, unit, denominator: whole, unknown, adds_up: all === undefined, rows: lines.map(([key, label, english, count]) => row(key, label, english, count, whole, whole - unknown)),
    definition_zh: all === undefined ? '各行与不详相加等于分母。' : '一人可在几行，各行不能相加。', definition_en: all === undefined ? 'Rows and unknown add up.' : 'Somebody may be in several rows, which do not add up.',
  }
}

const KINDS: [string, string, string][] = [['dropin', '开放夜', 'Drop-in'], ['class', '课堂', 'Class'], ['circle', '小组', 'Circle'], ['feast', '聚餐', 'Feast'], ['trip', '出游', 'Trip']]
const totals = (part: number): PeriodTotals => ({ participations: 4967 - part, people: 412 - Math.round(part / 9), households: 63, anonymous: 905, anonymous_pct: '18.22', sessions: 170, encounters: 300, requests: 97 })

export function period(code: string): PeriodReport {
  const year = code.slice(0, 4)
  const months = Array.from({ length: 12 }, (_, at): Line => [`${year}-${String(at + 1).padStart(2, '0')}`, `${year} 年 ${at + 1} 月`, `${year}-${String(at + 1).padStart(2, '0')}`, [310, 214, 433, 452, 461, 430, 392, 371, 455, 470, 489, 490][at] ?? 0])
  const nothing = Number(year) < 2000
  const none: PeriodTotals = { participations: 0, people: 0, households: 0, anonymous: 0, anonymous_pct: null, sessions: 0, encounters: 0, requests: 0 }
  return {
    period: code, from: `${year}-01-01`, to: `${year}-12-31`, definition_zh: '人次：每人每场计一次。人数：有姓名者，统计期内只计一人。', definition_en: 'Participations: everybody once per session. People: those who are known, once in the period.',
    totals: nothing ? none : totals(0), previous: { period: String(Number(year) - 1), from: '', to: '', totals: nothing ? none : totals(311) },
    answers: { asked: 97, answered: 68, dropped: 9, open: 20, median_days: 19, median_waiting: 112, definition_zh: '提出：统计期内提出的求助。天数为中位数。', definition_en: 'Asked: requests asked in the period. Days are the one in the middle.' },
    blocks: [
      block('每月人次', 'Participations by month', 'participations', months, 0),
      block('各类活动人数', 'People by kind of activity', 'people', KINDS.map(([key, zh, en], at): Line => [key, zh, en, [280, 96, 71, 160, 44][at] ?? 0]), 0, 412),
      block('人数：性别', 'People by sex', 'people', [['F', '女', 'female', 251], ['M', '男', 'male', 158]], 3),
      block('人数：户籍省份', 'People by home province', 'people', [['53', '云南省', 'Yunnan', 201], ['52', '贵州省', 'Guizhou', 96], ['51', '四川省', 'Sichuan', 54], ['45', '广西壮族自治区', 'Guangxi Zhuang Autonomous Region', 20]], 41),
      block('走访与来电', 'Visits and calls', 'encounters', [['visit', '走访', 'Visits', 180], ['call', '来电', 'Calls', 91], ['talk', '谈话', 'Talks', 29]], 0),
    ],
  }
}

export function behind(views: Views): BehindFigure {
  const items = views.people().slice(0, 20).map((card, at) => ({ noun: 'person', id: card.id, name: card.name, day: null, kind: null, count: 1 + (at % 7) }))
  return { total: items.length + 231, items }
}
