/** The fake server's reports and its one canned import. */
import type { ImportRow, ImportView, ParticipationReport, ReportRow, Roster } from '@/engine/answers'
import type { Views } from './views'

function row(key: string, label_zh: string, label_en: string, count: number, all: number, known: number): ReportRow {
  const pct = (of: number): string => (of === 0 ? '0' : ((count / of) * 100).toFixed(1))
  return { key, label_zh, label_en, count, pct: pct(all), pct_of_known: pct(known) }
}

export function roster(views: Views): Roster {
  const people = views.people()
  const children = people.filter((card) => card.age && card.age.most < 18)
  const females = people.filter((card) => card.sex === 'F').length
  const households = views.live('household')
  const renting = households.filter((held) => held.fields['tenure'] === 'rent').length
  return {
    definition_zh: '在册的人：登记过、没有撤下、没有并入别人的人。未满 18 岁按截止日计算；年龄不详的另列。租房包括租房和公租房，分母是全部家庭，不详的也在分母里。',
    definition_en: 'People on the roster: registered, not withdrawn, not merged. Under 18 on the day; unknown ages stand apart.',
    people: { total: people.length }, children: { total: children.length, unknown_age: people.filter((card) => !card.age).length },
    blocks: [
      { title_zh: '性别', title_en: 'Sex', unit: 'people', denominator: people.length, rows: [row('F', '女', 'female', females, people.length, people.length), row('M', '男', 'male', people.length - females, people.length, people.length)], unknown: 0 },
      { title_zh: '住房', title_en: 'Housing', unit: 'households', denominator: households.length, rows: [row('rent', '租房', 'rented', renting, households.length, households.length), row('own', '自有', 'owned', households.length - renting, households.length, households.length)], unknown: 0 },
    ],
  }
}

export function participations(views: Views, month: string): ParticipationReport {
  const sessions = views.live('session').filter((held) => String(held.fields['day']).startsWith(month))
  const rolls = sessions.map((held) => views.roll(held))
  const total = rolls.reduce((sum, roll) => sum + roll.totals.participations, 0)
  const anonymous = rolls.reduce((sum, roll) => sum + roll.totals.anonymous, 0)
  const people = new Set(rolls.flatMap((roll) => roll.marks.flatMap((mark) => mark.person?.id ?? [])))
  return {
    month, participations: total, people: people.size, households: 0, anonymous, anonymous_pct: total ? ((anonymous / total) * 100).toFixed(1) : null, sessions: sessions.length,
    by_kind: [row('circle', '小组', 'Circle', total, total, total)], by_sex: [row('F', '女', 'female', total - anonymous, total, total - anonymous), row('unknown', '不详', 'unknown', anonymous, total, total)],
    by_age: [row('adult', '大人', 'adults', total - anonymous, total, total), row('unknown', '不详', 'unknown', anonymous, total, total)],
  }
}

const MAPPING = [['A', '序号', 'no', 1], ['B', '孩子姓名', 'name', 1], ['C', '性别', 'sex', 1], ['D', '出生年月', 'birth', 0.9], ['E', '家长电话', 'guardians.phones', 0.7], ['F', '备注', 'needs', 0.6]] as const

export function importView(id: string, file: string, state: ImportView['state'], done: number): ImportView {
  return {
    id, file, state, rule: 'auto_only', progress: ['reading', 'applying'].includes(state) ? { done, total: 255 } : null, problem: null, again: null,
    sheets: [
      { name: '花名册', visible: true, role: 'data', kind: 'children', title: '', day: null, signs: {}, rows: 255, chosen: true, mapping: MAPPING.map(([column, header, field, sure]) => ({ column, header, field, sure })) },
      { name: '旧表2022', visible: true, role: 'old_version', kind: 'children', title: '', day: null, signs: {}, rows: 198, chosen: false, mapping: [] },
      { name: '内部', visible: false, role: 'confidential', kind: 'children', title: '', day: null, signs: {}, rows: 12, chosen: false, mapping: [] },
    ],
    counts: { rows: 255, clean: 132, fix: 78, flag: 45, refuse: 0, duplicates: 2, review: 1, new: 253, same: 2, skip: 0, known: 0 },
    entered: { persons_made: 253, persons_known: 2, records_made: 1180, left: 0 }, failed: [],
  }
}

export function importRows(only: string | null): ImportRow[] {
  const reasons = [{ words_zh: '姓名相同', words_en: 'same name', weight: 6 }, { words_zh: '电话相同', words_en: 'same phone', weight: 3 }]
  const rows: ImportRow[] = [
    { row: 5, values: { name: '胡思诺', sex: 'F', birth: '2015-05-28', permit: 'yes', needs: ['job'], tenure: 'rent' }, issues: [{ cell: 'D5', field: 'birth', code: 'date_text', severity: 'fix', message: '日期是文字，已读成日期。' }], known: null, duplicate: null, decision: 'new', decided: false },
    { row: 9, values: { name: '张沐瑶', sex: 'F', birth: '2021-11', grade: { stage: 'none', grade: null } }, issues: [{ cell: 'E9', field: 'id_no', code: 'id_excel_number', severity: 'flag', message: '证件号码被表格改成了数字，末几位已丢失，请核对原件。' }], known: null, duplicate: null, decision: 'new', decided: false },
    { row: 31, values: { name: '李娜', sex: 'F', birth: '1982', phones: ['13800138000'] }, issues: [], known: null, decision: 'new', decided: false, duplicate: { person: '01HS0000000000000000000000', sheet: null, row: null, name: '李娜', probability: 0.93, auto: false, reasons } },
  ]
  if (only === 'duplicates') return rows.filter((each) => each.duplicate)
  return only === 'issues' ? rows.filter((each) => each.issues.length > 0) : rows
}
