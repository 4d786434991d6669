/** A day of a trip or camp: what it lacks, and how it will be once this device's unsent commands are stored. Pure. */
import type { TripChild, TripPage } from '@/engine/answers'
import type { JsonObject } from '@/engine/envelope'
import { derive } from '@/engine/ids'
import type { Step } from './roll'

/** The record of a session's day. */
export const tripDayId = (session: string): string => derive(session, 'trip_day')

/** How many adults are missing for so many children; `null` where no number was set. */
export function adultsMissing(children: number, adults: number, perAdult: number | null): number | null {
  return perAdult === null ? null : Math.max(0, Math.ceil(children / perAdult) - adults)
}

/** Who has no consent in force. */
export const withoutConsent = (children: TripChild[]): TripChild[] => children.filter((each) => each.consent === null)

/** What opens the day. */
export function opening(page: TripPage, children: TripChild[], leaders: string[], adults: string[]): JsonObject {
  return {
    session: page.session.id, activity: page.session.activity, day: page.session.day, purpose: page.purpose, children_per_adult: page.children_per_adult,
    children: children.map((each) => each.child.id), consents: children.flatMap((each) => each.consent ?? []), leaders, adults,
  }
}

const ids = (value: unknown): string[] => (Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [])

function after(page: TripPage, step: Step): TripPage {
  if (page.day === null) return page
  switch (step.verb) {
    case 'trip_day.leave':
      return { ...page, children: page.children.map((each) => (each.child.id === step.body['person'] ? { ...each, gone: true } : each)) }
    case 'trip_day.close': {
      const back = new Set(ids(step.body['back']))
      return { ...page, day: { ...page.day, stage: 'closed' }, children: page.children.map((each) => ({ ...each, back: !each.gone && back.has(each.child.id) })) }
    }
    default:
      return page
  }
}

/** Lays unsent commands over the server's page. */
export function overlayTrip(page: TripPage, steps: Step[]): TripPage {
  return steps.filter((step) => step.record === page.day?.id).reduce(after, page)
}

/** Children who are along and not counted back yet. */
export const stillOut = (children: TripChild[], back: ReadonlySet<string>): TripChild[] => children.filter((each) => !each.gone && !back.has(each.child.id))
