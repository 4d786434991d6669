/** The fake server's answers, computed from its journal. */
import type { ActivityItem, EncounterItem, HouseholdView, Mark, Meta, NeedItem, PersonCard, Plan, RequestItem, Roll, SessionItem, Stated } from '@/engine/answers'
import type { Json, JsonObject } from '@/engine/envelope'
import { ageOn } from '@/engine/stated'
import { totalsOf } from '@/contexts/community/roll'
import { plan, session, signups } from './gatherings'
import type { FakeJournal, Held } from './journal'

type Text = string | null
const text = (held: Held, field: string): Text => (typeof held.fields[field] === 'string' ? (held.fields[field] as string) : null)

export class Views {
  constructor(
    private readonly journal: FakeJournal,
    readonly today: string,
  ) {}

  live(noun: string): Held[] {
    return [...this.journal.records.values()].filter((held) => held.noun === noun && !held.retracted)
  }

  get(id: Text): Held | null {
    return id === null ? null : (this.journal.records.get(id) ?? null)
  }

  name(id: Text): string {
    const names = (this.get(id)?.fields['names'] ?? []) as { text: string }[]
    return names[0]?.text ?? '—'
  }

  person(id: Text): { id: string; name: string } | null {
    return id === null || !this.get(id) ? null : { id, name: this.name(id) }
  }

  account(id: Text): { id: string; display: string } | null {
    const held = this.get(id)
    return held ? { id: held.id, display: text(held, 'display') ?? '' } : null
  }

  named(id: Text): { id: string; name: string } {
    return { id: id ?? '', name: this.account(id)?.display ?? '' }
  }

  card(held: Held): PersonCard {
    const names = (held.fields['names'] ?? []) as unknown as PersonCard['names']
    const birth = (held.fields['birth'] ?? null) as Stated | null
    const household = this.live('household').find((each) => members(each).some((member) => member.person === held.id))
    const stay = this.live('stay').find((each) => text(each, 'person') === held.id)
    return {
      id: held.id, no: held.no, name: names[0]?.text ?? '—', names, sex: (text(held, 'sex') ?? 'U') as PersonCard['sex'], birth, age: ageOn(birth, this.today),
      phones_tail: ((held.fields['phones'] ?? []) as { number: string }[]).map((phone) => phone.number.slice(-4)),
      household: household ? { id: household.id, number: text(household, 'number') ?? '' } : null,
      home_text: stay ? (homeText(stay) ?? '') : '', merged_into: text(held, 'merged_into'),
    }
  }

  people(): PersonCard[] {
    return this.live('person').filter((held) => !text(held, 'merged_into')).map((held) => this.card(held))
  }

  household(held: Held): HouseholdView {
    return {
      id: held.id, number: text(held, 'number') ?? '', address: text(held, 'address'),
      members: members(held).map((member) => ({ ...member, name: this.name(member.person) })),
    }
  }

  personView(held: Held): JsonObject {
    const id = held.id
    const merged = this.live('person').filter((each) => text(each, 'merged_into') === id)
    const ties = this.live('tie').filter((tie) => text(tie, 'person') === id || text(tie, 'other') === id).map((tie) => {
      const from = text(tie, 'person') === id
      return { id: tie.id, kind: text(tie, 'kind'), direction: from ? 'out' : 'in', other: this.person(from ? text(tie, 'other') : text(tie, 'person')) }
    })
    return {
      person: held.fields, meta: meta(held), set_aside: held.set_aside, ties,
      households: this.live('household').filter((each) => members(each).some((member) => member.person === id)).map((each) => this.household(each)),
      stays: this.live('stay').filter((stay) => text(stay, 'person') === id).map((stay) => ({ id: stay.id, ...stay.fields, home_text: homeText(stay) })),
      consents: this.consents(id), timeline: this.timeline(id), merged: merged.map((each) => this.card(each)), minor: (this.card(held).age?.most ?? 99) < 18,
    } as unknown as JsonObject
  }

  private consents(id: string): JsonObject[] {
    const mine = this.live('consent').filter((consent) => text(consent, 'person') === id)
    return mine.map((consent) => {
      const by = text(consent, 'by')
      const standing = text(consent, 'withdrawn_on') ? 'withdrawn' : 'in_force'
      return { ...consent.fields, id: consent.id, version: consent.version, by: by ? { id: by, name: this.name(by) } : null, standing } as JsonObject
    })
  }

  private timeline(id: string): JsonObject[] {
    const marks = this.live('participation').filter((mark) => text(mark, 'person') === id).map((mark) => ({
      kind: 'participation', id: text(mark, 'session'), day: text(this.get(text(mark, 'session'))!, 'day'), title: text(this.get(text(mark, 'activity'))!, 'title'),
    }))
    const visits = this.live('encounter').filter((visit) => (visit.fields['persons'] as string[]).includes(id)).map((visit) => ({
      kind: 'encounter', id: visit.id, day: text(visit, 'day'), title: '', of: text(visit, 'kind'),
    }))
    const needs = this.live('need').filter((need) => text(need, 'person') === id).map((need) => ({ kind: 'need', id: need.id, day: need.created.slice(0, 10), title: text(need, 'words'), code: text(need, 'code'), status: text(need, 'status') }))
    const asked = this.live('request').filter((each) => text(each, 'person') === id).map((each) => ({ kind: 'request', id: each.id, day: each.created.slice(0, 10), title: text(each, 'words'), code: text(each, 'code'), status: text(each, 'status') }))
    return [...marks, ...visits, ...needs, ...asked].sort((a, b) => String(b.day).localeCompare(String(a.day))) as JsonObject[]
  }

  activity(held: Held): ActivityItem {
    const sessions = this.live('session').filter((each) => text(each, 'activity') === held.id)
    const { capacity = null, staff = [], volunteers = [], plans = [] } = held.fields as Partial<ActivityItem>
    return {
      id: held.id, title: text(held, 'title') ?? '', kind: text(held, 'kind') ?? 'other', words: text(held, 'words') ?? '', place: null, place_text: text(held, 'place_text'), capacity, staff, volunteers,
      public: held.fields['public'] === true, plans: (plans as unknown as Plan[]).map((each) => plan(each)), sessions: sessions.length,
      last_day: sessions.map((each) => text(each, 'day')).sort().at(-1) ?? null, version: held.version,
    }
  }

  session(held: Held): SessionItem {
    return session(this, held)
  }

  mark(held: Held): Mark {
    const kind = (text(held, 'kind') ?? 'person') as Mark['kind']
    return {
      id: held.id, kind, person: this.person(text(held, 'person')), household: text(held, 'household'),
      nickname: text(held, 'nickname'), group: (held.fields['group'] ?? null) as Mark['group'] & Json, count: kind === 'tally' ? Number(held.fields['count'] ?? 0) : 1, version: held.version,
      claims: ((held.fields['claims'] ?? []) as { person: string; at: string }[]).map((claim) => ({ at: claim.at, person: { id: claim.person, name: this.name(claim.person) } })),
    }
  }

  roll(held: Held): Roll {
    const all = this.live('participation')
    const marks = all.filter((mark) => text(mark, 'session') === held.id).map((mark) => this.mark(mark))
    const before = new Set(all.filter((mark) => text(mark, 'activity') === text(held, 'activity') && text(mark, 'session') !== held.id).map((mark) => text(mark, 'person')))
    const session = this.session(held)
    return {
      session, activity: this.activity(this.get(text(held, 'activity'))!), signups: signups(this, held, session.capacity ?? null), marks, totals: totalsOf(marks),
      suggestions: this.people().filter((card) => before.has(card.id)).slice(0, 12),
    }
  }

  encounter(held: Held): EncounterItem {
    return {
      id: held.id, kind: text(held, 'kind') ?? 'visit', day: text(held, 'day') ?? '', outcome: text(held, 'outcome') ?? 'met', minutes: (held.fields['minutes'] ?? null) as number | null,
      persons: ((held.fields['persons'] ?? []) as string[]).flatMap((id) => this.person(id) ?? []), household: text(held, 'household'),
      worker: this.named(text(held, 'worker')), place_text: text(held, 'place_text'), note: text(held, 'note'), version: held.version,
    }
  }

  need(held: Held): NeedItem {
    return {
      id: held.id, code: text(held, 'code') ?? 'other', words: text(held, 'words'), status: text(held, 'status') ?? 'heard', person: this.person(text(held, 'person')),
      encounter: text(held, 'encounter'), created: held.created, version: held.version, from_remark: held.fields['from_remark'] === true,
    }
  }

  organisationCard(held: Held): JsonObject {
    const services = this.live('service').filter((service) => text(service, 'organisation') === held.id).map((service) => text(service, 'what'))
    return { ...this.organisation(held), services }
  }

  organisation(held: Held): JsonObject {
    const services = this.live('service').filter((service) => text(service, 'organisation') === held.id).map((service) => ({ free: null, free_on: null, ...service.fields, id: service.id, version: service.version }))
    const on = text(held, 'verified_on')
    return { ...held.fields, id: held.id, services, places: [], verified: { on, by: null, days: on ? 0 : null, stale: !on }, version: held.version } as unknown as JsonObject
  }

  referral(held: Held): JsonObject {
    const organisation = text(held, 'organisation') ?? ''
    return {
      need: null, request: null, replies: [], closed_why: '', follow_up: null, link_until: null, viewed: [], consent_holds: true, answered_on: null, status: 'sent', ...held.fields, id: held.id,
      person: this.person(text(held, 'person')), organisation: { id: organisation, name: String(this.get(organisation)?.fields['name'] ?? '') }, service: null, owner: this.named(text(held, 'owner')),
      sent: held.created, days: 0, late: false, slip: held.id.slice(-6), version: held.version,
    } as unknown as JsonObject
  }

  request(held: Held): RequestItem {
    return {
      id: held.id, code: text(held, 'code') ?? 'other', words: text(held, 'words'), status: text(held, 'status') ?? 'open', person: this.person(text(held, 'person')),
      need: text(held, 'need'), owner: this.named(text(held, 'owner')), due: text(held, 'due'), outcome: text(held, 'outcome'), version: held.version,
    }
  }
}

export function meta(held: Held): Meta {
  const { version, created, changed, made_by, retracted, erased, stamps } = held
  return { version, created, changed, made_by, retracted, erased, stamps }
}

function members(held: Held): HouseholdView['members'] {
  return (held.fields['members'] ?? []) as unknown as HouseholdView['members']
}

function homeText(stay: Held): string | null {
  const names: Record<string, string> = { '530627': '云南昭通镇雄', '513431': '四川凉山昭觉', '520526': '贵州毕节威宁' }
  const home = stay.fields['home'] as { county?: string } | null
  return names[home?.county ?? ''] ?? text(stay, 'address')
}
