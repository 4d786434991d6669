/** What the screens of photos and recordings share. */
import { Ban, Check, CircleHelp, EyeOff, TimerOff, Undo2 } from '@lucide/vue'
import type { Component } from 'vue'
import { t } from '@/app/i18n'
import type { FaceItem, Standing, WorkItem } from '@/engine/answers'

/** Whose a work is: the members' of a circle, or the staff's. */
export type Whose = { circle: string; readers: string[] } | null

/** How each standing looks: colour, and a sign for those who do not see the colour. */
export const LOOKS: Record<Standing, { tone: string; icon: Component }> = {
  consented: { tone: 'good', icon: Check },
  lacking: { tone: 'warm', icon: CircleHelp },
  refused: { tone: 'bad', icon: Ban },
  withdrawn: { tone: 'bad', icon: Undo2 },
  expired: { tone: 'warm', icon: TimerOff },
  unknown: { tone: 'warm', icon: CircleHelp },
  unrecognisable: { tone: 'good', icon: EyeOff },
}

const AGAINST = ['refused', 'lacking', 'withdrawn', 'expired', 'unknown'] as const

/** What stands against publishing, in words; empty where nothing does. */
export function missing(faces: FaceItem[]): string {
  const counts = AGAINST.map((standing) => [standing, faces.filter((face) => face.standing === standing).length] as const)
  return counts.filter(([, n]) => n > 0).map(([standing, n]) => t(`works.missingOf.${standing}`, { n })).join(t('works.joint'))
}

/** The consents to cite, each once. */
export function citations(faces: FaceItem[]): string[] {
  return [...new Set(faces.flatMap((face) => (face.consent ? [face.consent] : [])))]
}

/** Where the file is; it changes with the content, so that no other picture stands in for it. */
export function fileOf(work: WorkItem): string {
  return `/api/v1/works/${work.id}/file?v=${work.file?.digest ?? ''}`
}

/** A place on the picture from a tap, in ten-thousandths. */
export function pointAt(tap: { x: number; y: number }, box: { left: number; top: number; width: number; height: number }): { x: number; y: number } {
  const share = (at: number, from: number, whole: number): number => Math.round(Math.min(1, Math.max(0, (at - from) / (whole || 1))) * 10_000)
  return { x: share(tap.x, box.left, box.width), y: share(tap.y, box.top, box.height) }
}

/** The longest side of a picture as it is sent: enough for a poster on A4, a tenth of the metered data. */
const SIDE = 2_560
/** Smaller files are sent as they are. */
const SMALL = 1_500_000

/** A photo made small enough to send from a phone; whatever cannot be drawn here is sent as it is. */
export async function lighter(file: File): Promise<Blob> {
  if (!file.type.startsWith('image/') || file.size <= SMALL) return file
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
    const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height))
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(picture.width * scale)
    canvas.height = Math.round(picture.height * scale)
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.85))
    return blob && blob.size < file.size ? blob : file
  } catch {
    return file
  }
}
