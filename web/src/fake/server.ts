/** A typed fake server for `npm run dev:fake` and for tests of screens: same paths, same shapes, all in memory. */
import type { ImportView, Plan, Session } from '@/engine/answers'
import type { Fetch } from '@/engine/api'
import type { Envelope, JsonObject } from '@/engine/envelope'
import { derive, fromParts } from '@/engine/ids'
import { rankCards } from '@/engine/names'
import { reader } from '@/engine/readings'
import { dishes, festivals, kinds, missing, preview, signups } from './gatherings'
import { FakeJournal, type Held, problem } from './journal'
import { behind, period } from './period'
import { importRows, importView, participations, roster } from './reports'
import { ACCOUNTS, seed } from './seed'
import { meta, Views } from './views'

interface Ask {
  method: string
  path: string
  query: URLSearchParams
  body: JsonObject
  file: string | null
}

const HELPERS = 'person.create person.amend person.settle household.create household.amend household.settle stay.create tie.create tie.retract session.create session.amend session.close session.reopen participation.mark participation.unmark participation.restore participation.adjust participation.claim participation.unclaim signup.make signup.amend signup.lessen signup.cancel signup.renew signup.come signup.stay signup.tell dish.invite dish.amend dish.uninvite dish.restore encounter.record encounter.settle need.hear need.amend need.ask need.dismiss request.ask request.amend request.finish request.drop request.reopen consent.record consent.withdraw encounter.lock encounter.followed hours.log request.follow_up'.split(' ')
const STAFF = 'activity.create activity.amend activity.arrange activity_kind.create activity_kind.amend session.move session.cancel session.revive signup.admit distinct.state person.merge person.unmerge person.retract person.restore stay.retract tie.restore encounter.retract batch.undo assignment.give organisation.add organisation.amend organisation.verify service.add service.amend service.count_places referral.send referral.answer referral.cancel referral.give_up referral.reopen referral.follow_up need.retract request.retract hours.retract item.create item.amend item.receive item.give item.take_back item.take_stock need_tag.create need_tag.amend place.add place.amend'.split(' ')
const MANAGER = 'site.amend person.erase account.create account.amend account.retire account.set_password'.split(' ')

export class FakeServer {
  journal = new FakeJournal(() => Date.now())
  views: Views
  signedIn: (typeof ACCOUNTS)[number] | null = null
  setupNeeded = false
  private imports: { id: string; file: string; state: ImportView['state']; polls: number }[] = []

  constructor(readonly today = new Date().toISOString().slice(0, 10), filled = true) {
    this.views = new Views(this.journal, today)
    if (filled) seed(this.journal, today)
  }

  session(): Session {
    const account = this.signedIn
    const may = !account ? [] : account.role === 'manager' ? [...HELPERS, ...STAFF, ...MANAGER] : account.role === 'worker' ? [...HELPERS, ...STAFF] : account.role === 'volunteer' ? HELPERS : []
    return {
      signed_in: account !== null, setup_needed: this.setupNeeded, csrf: account ? 'fake' : null, version: '0.1.0',
      account: account ? { id: account.id, login: account.login, display: account.display, role: account.role as never, lang: account.lang, totp: false } : null,
      site: this.setupNeeded ? null : { id: ACCOUNTS[0]!.id, name: '清溪社区中心', lang: 'zh', timezone: 'Asia/Shanghai' }, may,
    }
  }

  answer(ask: Ask): Response {
    const open = this.open(ask)
    if (open) return open
    if (!this.signedIn) return fault('SK-2004', 401, '请先登录')
    if (ask.path === '/commands') {
      const { commands } = ask.body as unknown as { commands: Envelope[] }
      return json({ receipts: this.journal.run(commands, this.signedIn.id) })
    }
    return this.people(ask) ?? this.loop(ask) ?? this.records(ask) ?? this.intake(ask) ?? fault('SK-1004', 404, '找不到')
  }

  private open({ method, path, body }: Ask): Response | null {
    if (path === '/session' && method === 'GET') return json(this.session())
    if (path === '/session' && method === 'DELETE') {
      this.signedIn = null
      return new Response(null, { status: 204 })
    }
    if (path === '/session' || path === '/setup') {
      const account = path === '/setup' ? ACCOUNTS[0] : ACCOUNTS.find((each) => each.login === body['login'])
      if (!account || body['password'] === 'wrong') return fault('SK-2001', 401, '登录名或密码不对')
      this.signedIn = account
      this.setupNeeded = false
      return json(this.session())
    }
    if (path === '/session/totp' && method === 'POST') return json({ secret: 'JBSWY3DPEHPK3PXP', uri: 'otpauth://totp/Skein:lina?secret=JBSWY3DPEHPK3PXP' })
    return path.startsWith('/session/') ? new Response(null, { status: 204 }) : null
  }

  private people({ path, query }: Ask): Response | null {
    const { views } = this
    const q = query.get('q') ?? ''
    if (path === '/people') return list(rankCards(q, views.people(), reader).slice(0, Number(query.get('limit') ?? 30)))
    const person = /^\/people\/(\w{26})$/.exec(path)
    if (person) {
      const held = views.get(person[1] ?? null)
      return held ? json(views.personView(held)) : null
    }
    if (path === '/households') {
      const all = views.live('household').map((held) => views.household(held))
      return list(all.filter((each) => `${each.number}${each.address ?? ''}${each.members.map((member) => member.name).join()}`.includes(q)))
    }
    const household = /^\/households\/(\w{26})$/.exec(path)
    if (household) {
      const held = views.get(household[1] ?? null)
      return held ? json({ household: { id: held.id, ...held.fields }, meta: meta(held), set_aside: held.set_aside, members: views.household(held).members }) : null
    }
    if (path === '/duplicates') return this.duplicates()
    if (path === '/places') return json({ divisions: [{ code: '530627', name: '镇雄县', path: '云南省昭通市镇雄县' }, { code: '513431', name: '昭觉县', path: '四川省凉山彝族自治州昭觉县' }, { code: '520526', name: '威宁县', path: '贵州省毕节市威宁县' }], places: [] })
    if (path === '/accounts') return list(views.live('account').map((held) => ({ id: held.id, version: held.version, ...held.fields })))
    return null
  }

  private duplicates(): Response {
    const cards = this.views.people()
    const [a, b] = [cards.find((card) => card.name === '李娜'), cards.find((card) => card.name === '李那')]
    if (!a || !b || this.views.live('distinct').length > 0) return list([])
    const reasons = [
      { field: 'name', level: 'homophone', weight: 4.1, words_zh: '姓名同音（娜、那）', words_en: 'names sound alike (娜, 那)' },
      { field: 'phone', level: 'same', weight: 3.2, words_zh: '电话相同（尾号 8000）', words_en: 'same phone (…8000)' },
      { field: 'home', level: 'missing', weight: -0.2, words_zh: '一方没有写老家', words_en: 'one has no home' },
    ]
    return list([{ a, b, probability: 0.91, decision: 'review', reasons }])
  }

  private loop(ask: Ask): Response | null {
    const { path, query } = ask
    const { views, today } = this
    const held = views.get(/(\w{26})/.exec(path)?.[1] ?? null)
    if (path === '/activities') return list(views.live('activity').map((each) => views.activity(each)))
    const gathered = this.gatherings(ask, held)
    if (gathered) return gathered
    if (path.startsWith('/activities/') && held) return json({ activity: views.activity(held), sessions: views.live('session').filter((each) => each.fields['activity'] === held.id).map((each) => views.session(each)) })
    if (path === '/sessions') return list(views.live('session').map((each) => views.session(each)))
    if (path.endsWith('/roll') && held) return json(views.roll(held))
    if (path === '/encounters') return list(views.live('encounter').map((each) => views.encounter(each)))
    if (path.startsWith('/encounters/') && held) {
      return json({ encounter: views.encounter(held), needs: views.live('need').map((need) => views.need(need)).filter((need) => need.encounter === held.id) })
    }
    const wanted = (status: unknown): boolean => query.get('status') === null || status === query.get('status')
    if (path === '/needs') return list(views.live('need').map((each) => views.need(each)).filter((need) => wanted(need.status)))
    if (path === '/requests') return list(views.live('request').map((each) => views.request(each)).filter((each) => wanted(each.status)))
    if (path === '/today') {
      const open = views.live('request').map((each) => views.request(each)).filter((each) => each.status === 'open' && each.due !== null)
      return json({
        day: today, sessions: views.live('session').map((each) => views.session(each)).filter((each) => each.day === today), requests_due: open.filter((each) => each.due === today),
        requests_overdue: open.filter((each) => (each.due ?? '') < today), needs_open: views.live('need').filter((each) => each.fields['status'] === 'heard').length,
        conflicts: [...this.journal.records.values()].reduce((sum, each) => sum + each.set_aside.length, 0),
      })
    }
    if (path === '/organisations') return list(views.live('organisation').map((each) => views.organisationCard(each)))
    if (path.startsWith('/organisations/') && held) return json(views.organisation(held))
    if (path === '/referrals') return list(views.live('referral').map((each) => views.referral(each)))
    if (path.startsWith('/referrals/') && held) return json(views.referral(held))
    if (path === '/reports/roster') return json(roster(views))
    if (path === '/reports/year') return json(period(query.get('period') ?? today.slice(0, 4)))
    if (path === '/reports/year/behind') return json(behind(views))
    if (path === '/reports/participations') return json(participations(views, query.get('month') ?? ''))
    return null
  }

  /** Activities beyond their lists: kinds, rules, sign-ups, dishes, festivals. */
  private gatherings({ method, path, body }: Ask, held: Held | null): Response | null {
    const { views, today } = this
    if (path === '/activity-kinds') return list(kinds(views))
    if (path === '/trips' || path === '/circles') return list([])
    if (path === '/festivals') return json(festivals(today))
    if (path === '/recurrence') return json(preview(body as unknown as Plan))
    if (!held || held.noun === 'encounter') return null
    if (path.endsWith('/mix')) return json({ migrant: 14, local: 9, unknown: 3, pairs: 6, pairs_again: 2, definition_zh: '', definition_en: '' })
    if (path.endsWith('/dishes')) return json(dishes(views, held))
    if (method === 'POST' && path.startsWith('/activities/')) {
      const all = missing(views, held)
      const made = all.map((each) => envelopeOf('session.create', derive(held.id, `slot:${String(each['day'])}`), each))
      this.journal.run(made, this.signedIn?.id ?? '')
      return json({ made: all.length, moved: 0, cancelled: 0, withdrawn: 0, activity: views.activity(held) })
    }
    if (path === `/sessions/${held.id}`) {
      const session = views.session(held)
      const activity = views.get(session.activity)
      return json({ session, activity: activity ? views.activity(activity) : null, signups: signups(views, held, session.capacity ?? null) })
    }
    return null
  }

  private records({ path }: Ask): Response | null {
    const match = /^\/records\/(\w+)\/(\w{26})(\/history)?$/.exec(path)
    const display = (id: string): { id: string; display: string } => this.views.account(id) ?? { id, display: id }
    if (match?.[3]) {
      return list(this.journal.rows.filter((row) => row.envelope.record === match[2]).map(({ position, envelope, by, stored, before, after, set_aside }) => ({
        set_aside,
        position, at: envelope.at, stored, by: display(by), device: envelope.device, verb: envelope.verb, reason: envelope.reason, before, after,
      })))
    }
    if (match) {
      const held = this.views.get(match[2] ?? null)
      return held ? json({ noun: held.noun, id: held.id, fields: held.fields, meta: meta(held), set_aside: held.set_aside }) : null
    }
    if (path === '/journal') {
      return list([...this.journal.rows].reverse().slice(0, 100).map(({ position, envelope, by }) => ({
        position, at: envelope.at, by: display(by), verb: envelope.verb, noun: envelope.verb.split('.')[0], record: envelope.record, device: envelope.device,
      })))
    }
    if (path === '/access-log') return list([])
    if (path === '/conflicts') {
      return list([...this.journal.records.values()].flatMap((held) => held.set_aside.map((aside) => ({
        noun: held.noun, record: held.id, label: held.noun === 'person' ? this.views.name(held.id) : '', field: aside.field, current: held.fields[aside.field] ?? null, aside,
      }))))
    }
    return path === '/changes' ? json({ items: [], next: null }) : null
  }

  private intake({ method, path, query, file }: Ask): Response | null {
    if (path === '/imports' && method === 'POST') {
      const id = fromParts(Date.now(), BigInt(this.imports.length + 1))
      this.imports.unshift({ id, file: file ?? '名册.xlsx', state: 'reading', polls: 0 })
      return json({ id, state: 'reading' }, 202)
    }
    if (path === '/imports') return list(this.imports.map((each) => importView(each.id, each.file, each.state, 255)))
    const match = /^\/imports\/(\w{26})(?:\/(\w+))?$/.exec(path)
    const found = this.imports.find((each) => each.id === match?.[1])
    if (!match || !found) return null
    if (match[2] === 'rows') return list(importRows(query.get('only')))
    if (match[2] === 'apply') Object.assign(found, { state: 'applying', polls: 0 })
    else if (match[2] === 'undo') found.state = 'undone'
    else if (match[2] === 'cancel') found.state = 'cancelled'
    else if (!match[2] && ['reading', 'applying'].includes(found.state)) {
      found.polls += 1
      if (found.polls > 2) found.state = found.state === 'reading' ? 'preview' : 'done'
    }
    return json(importView(found.id, found.file, found.state, Math.min(255, found.polls * 90)))
  }
}

function envelopeOf(verb: string, record: string, body: JsonObject): Envelope {
  const at = new Date()
  return { id: fromParts(at.getTime(), BigInt(crypto.getRandomValues(new Uint32Array(1))[0] ?? 0)), verb, record, base: null, at: at.toISOString(), device: 'fake', bundle: null, reason: null, body }
}

function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
}

function list(items: unknown[]): Response {
  return json({ items, next: null })
}

function fault(code: string, status: number, title: string): Response {
  return new Response(JSON.stringify(problem(code, status, title)), { status, headers: { 'content-type': 'application/problem+json' } })
}

/** A `fetch` that never leaves the page. `?fake=setup` in the address starts empty. */
export function fakeFetch(server = new FakeServer()): Fetch {
  const params = new URLSearchParams(globalThis.location?.search ?? '')
  if (params.get('fake') === 'setup') server.setupNeeded = true
  const kept = globalThis.sessionStorage?.getItem('skein.fake-login')
  server.signedIn = ACCOUNTS.find((account) => account.login === kept) ?? server.signedIn
  return async (input, init) => {
    const url = new URL(input, 'http://skein.test')
    const form = init?.body instanceof FormData ? (init.body.get('file') as File) : null
    const body = typeof init?.body === 'string' ? (JSON.parse(init.body) as JsonObject) : {}
    await new Promise((resolve) => setTimeout(resolve, 15))
    const answer = server.answer({ method: init?.method ?? 'GET', path: url.pathname.replace('/api/v1', ''), query: url.searchParams, body, file: form?.name ?? null })
    if (server.signedIn) globalThis.sessionStorage?.setItem('skein.fake-login', server.signedIn.login)
    else globalThis.sessionStorage?.removeItem('skein.fake-login')
    return answer
  }
}
