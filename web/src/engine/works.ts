/** The shapes of the server's answers about photos and recordings, by the names of its OpenAPI document. */
import type { Named } from './answers'
import type { Id } from './ids'

export type Standing = 'consented' | 'lacking' | 'refused' | 'withdrawn' | 'expired' | 'unknown' | 'unrecognisable'

/** A place on a picture, in ten-thousandths of its width and height. */
export interface Point {
  x: number
  y: number
}

export interface FaceItem {
  id: Id
  at: Point | null
  person: Named | null
  words: string
  standing: Standing
  consent: Id | null
}

export interface WorkItem {
  id: Id
  kind: 'photo' | 'recording'
  title: string
  day: string
  session: Id | null
  activity: Id | null
  circle: Id | null
  access: 'staff' | 'members' | 'public'
  restricted: boolean
  own: boolean
  teller: string
  language: string
  about: string
  file: { digest: string; media: string; size: number; width: number; height: number } | null
  faces: FaceItem[]
  holds: boolean
  published_on: string | null
  withdrawn_on: string | null
  withdrawn_why: string
  version: number
}
