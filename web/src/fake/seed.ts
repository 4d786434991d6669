/** A made-up centre for `npm run dev:fake`: nobody in it exists. */
import type { Envelope, JsonObject } from '@/engine/envelope'
import { derive, fromParts } from '@/engine/ids'
import type { FakeJournal } from './journal'

export const ACCOUNTS = [
  { login: 'lina', display: '李娜', role: 'manager' },
  { login: 'wangfang', display: '王芳', role: 'worker' },
  { login: 'xiaochen', display: '陈小雨', role: 'volunteer' },
  { login: 'zhoujie', display: '周洁', role: 'coordinator' },
  { login: 'heping', display: '何平', role: 'auditor' },
].map((account, index) => ({ ...account, id: fromParts(1_760_000_000_000 + index, BigInt(index + 1)), lang: 'zh', active: true }))

const SURNAMES = ['王', '李', '张', '杨', '罗', '吴', '马', '陈', '周', '艾', '单', '曾', '胡', '龙', '沈']
const GIVEN = ['思诺', '沐瑶', '建国', '娜', '小燕', '浩宇', '桂英', '志强', '雨桐', '春花', '子轩', '秀兰', '明', '婷婷', '大勇']
const HOMES: [string, JsonObject][] = [
  ['云南 昭通 镇雄', { province: '53', city: '5306', county: '530627' }],
  ['四川 凉山 昭觉', { province: '51', city: '5134', county: '513431' }],
  ['贵州 毕节 威宁', { province: '52', city: '5205', county: '520526' }],
]
const ROLES = ['head', 'spouse', 'child', 'grandparent']

export class Seeder {
  private count = 0
  constructor(private readonly journal: FakeJournal) {}

  id(label: string): string {
    return derive(fromParts(1_760_000_100_000, 7n), label)
  }

  do(verb: string, record: string, body: JsonObject, base: number | null = null, at = '2026-11-20T02:00:00Z', device = '办公室电脑', by = 0): void {
    this.count += 1
    const envelope: Envelope = { id: this.id(`command:${String(this.count)}`), verb, record, base, at, device, bundle: null, reason: null, body }
    const [receipt] = this.journal.run([envelope], ACCOUNTS[by]!.id)
    if (receipt?.problem) throw new Error(`${verb}: ${receipt.problem.title}`)
  }
}

function people(seeder: Seeder): string[] {
  const ids: string[] = []
  for (let n = 0; n < 48; n += 1) {
    const id = seeder.id(`person:${String(n)}`)
    const child = n % 4 === 2
    const name = n === 0 ? '李娜' : `${SURNAMES[(n >> 2) % SURNAMES.length]!}${GIVEN[(n * 7) % GIVEN.length]!}`
    const year = child ? 2012 + (n % 9) : n % 4 === 3 ? 1955 + (n % 8) : 1982 + (n % 12)
    const birth: JsonObject = n % 5 === 0 ? { precision: 'year', year } : { precision: 'day', date: `${String(year)}-0${String(1 + (n % 9))}-1${String(n % 9)}` }
    seeder.do('person.create', id, {
      names: [{ kind: 'birth', text: name }, ...(n === 0 ? [{ kind: 'nickname', text: '小娜' }] : [])],
      sex: n % 2 === 0 ? 'F' : 'M', birth, ethnic: n % 6 === 1 ? { kind: 'code', value: 7 } : { kind: 'code', value: 1 },
      phones: child ? [] : [{ number: n === 0 ? '13800138000' : `1390000${String(1000 + n)}`, note: null }],
      permit: ['yes', 'no', 'pending', null][n % 4]!, insurance: ['home', 'local', 'none'][n % 3]!,
      grade: child ? { stage: 'primary', grade: 1 + (n % 6) } : null, occupation: child ? null : ['建筑工', '保洁', '菜市场摊贩', '快递员'][n % 4]!, remark: null,
    })
    const [, home] = HOMES[n % 3]!
    seeder.do('stay.create', seeder.id(`stay:${String(n)}`), { person: id, kind: 'registered', home, from: null, to: null })
    ids.push(id)
  }
  return ids
}

function households(seeder: Seeder, ids: string[]): void {
  for (let n = 0; n < 12; n += 1) {
    const members = ids.slice(n * 4, n * 4 + 4).map((person, at) => ({ person, role: ROLES[at]!, from: null, to: null }))
    seeder.do('household.create', seeder.id(`household:${String(n)}`), {
      number: `QX-${String(101 + n)}`, address: `上柳湾村${String(12 + n)}号${String(1 + (n % 5))}楼`, tenure: n % 8 === 7 ? 'own' : 'rent', rent: 450 + n * 20,
      place: '530111', registered: '2025-03-01', members,
    })
    seeder.do('tie.create', seeder.id(`tie:${String(n)}`), { person: ids[n * 4 + 2]!, other: ids[n * 4]!, kind: 'mother' })
  }
}

/** Sign-ups to capacity, and a waiting list. */
function enlist(seeder: Seeder, ids: string[], where: { session: string; activity: string }): void {
  for (const [n, person] of ids.slice(20, 24).entries()) {
    seeder.do('signup.make', derive(where.session, `signup:${person}`), { ...where, person, adults: 1, children: n % 2, words: n === 1 ? '对花生过敏' : '', told: 0 })
  }
  seeder.do('signup.make', seeder.id('signup:nick'), { ...where, nickname: '卖豆腐的大姐', adults: 1, children: 2, phone: '13900008888', told: 0 })
}

function gatherings(seeder: Seeder, ids: string[], today: string): void {
  const kinds: [string, string][] = [['周六读书会', 'circle'], ['放学小课堂', 'class'], ['中秋聚餐', 'feast']]
  kinds.forEach(([title, kind], n) => {
    const activity = seeder.id(`activity:${String(n)}`)
    seeder.do('activity.create', activity, { title, kind, place_text: '清溪社区中心', staff: [ACCOUNTS[0]!.id], capacity: n === 0 ? 6 : null, public: n !== 1, words: n === 0 ? '一起读绘本，大人孩子都可以来。' : '' })
    for (const [index, day] of [`${today.slice(0, 8)}03`, today].entries()) {
      if (n === 2 && index === 1) continue
      const session = seeder.id(`session:${String(n)}:${String(index)}`)
      seeder.do('session.create', session, { activity, day, start: '16:30', end: '18:00', title: '' })
      if (n === 0 && index === 1) enlist(seeder, ids, { session, activity })
      for (const person of ids.slice(n * 5, n * 5 + (index === 0 ? 9 : 4))) {
        seeder.do('participation.mark', derive(session, `person:${person}`), { session, activity, kind: 'person', person })
      }
      seeder.do('participation.mark', derive(session, 'tally'), { session, activity, kind: 'tally', count: 6 })
      seeder.do('participation.mark', seeder.id(`nick:${String(n)}:${String(index)}`), { session, activity, kind: 'nickname', nickname: '戴红帽子的小姑娘' })
    }
  })
}

function care(seeder: Seeder, ids: string[], today: string): void {
  const codes = ['school', 'wage', 'health', 'clothing', 'permit_help']
  codes.forEach((code, n) => {
    const encounter = seeder.id(`encounter:${String(n)}`)
    const person = ids[n * 4]!
    seeder.do('encounter.record', encounter, {
      kind: n % 2 ? 'call' : 'visit', day: `${today.slice(0, 8)}1${String(n)}`, minutes: 40, persons: [person, ids[n * 4 + 2]!], household: seeder.id(`household:${String(n)}`),
      worker: ACCOUNTS[n % 2]!.id, place_text: '家里', note: '孩子九月要上一年级，学校要居住证。奶奶身体还好。',
    })
    const need = seeder.id(`need:${String(n)}`)
    seeder.do('need.hear', need, { code, words: '“九月能不能上学？”', person, encounter, status: n < 2 ? 'asked' : 'heard' })
    if (n < 3) {
      const due = n === 0 ? today : n === 1 ? `${today.slice(0, 8)}01` : '2027-01-10'
      seeder.do('request.ask', seeder.id(`request:${String(n)}`), { need, person, code, words: '陪同去学校问入学材料', owner: ACCOUNTS[n % 2]!.id, due, status: 'open', outcome: null })
    }
  })
}

/** Fills a journal with the made-up centre. */
export function seed(journal: FakeJournal, today: string): void {
  const seeder = new Seeder(journal)
  ACCOUNTS.forEach(({ id, ...body }) => seeder.do('account.create', id, body))
  const ids = people(seeder)
  households(seeder, ids)
  gatherings(seeder, ids, today)
  care(seeder, ids, today)
  const twin = seeder.id('person:twin')
  seeder.do('person.create', twin, { names: [{ kind: 'birth', text: '李那' }], sex: 'F', birth: { precision: 'year', year: 1982 }, phones: [{ number: '13800138000', note: null }] })
  seeder.do('person.amend', ids[0]!, { occupation: '超市收银' }, 1)
  seeder.do('person.amend', ids[0]!, { occupation: '保洁' }, 1, '2026-11-19T09:30:00Z', '王芳的手机', 1)
}
