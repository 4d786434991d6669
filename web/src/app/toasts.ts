/** Short messages at the edge of the screen, read out by screen readers. */
import { reactive } from 'vue'

export interface Toast {
  key: number
  tone: 'done' | 'waiting' | 'error'
  title: string
  detail: string
  undo?: (() => void) | undefined
}

export const toasts = reactive<Toast[]>([])
let next = 0

/** Shows a message; errors stay until closed. */
export function toast(tone: Toast['tone'], title: string, detail = '', undo?: () => void): void {
  next += 1
  const key = next
  // The same words twice tell nothing more: the newer one stays.
  const same = toasts.findIndex((each) => !each.undo && each.tone === tone && each.title === title && each.detail === detail)
  if (same >= 0 && !undo) toasts.splice(same, 1)
  toasts.push({ key, tone, title, detail, undo })
  if (toasts.length > 3) toasts.shift()
  if (tone !== 'error') setTimeout(() => closeToast(key), undo ? 8_000 : 4_500)
}

export function closeToast(key: number): void {
  const at = toasts.findIndex((each) => each.key === key)
  if (at >= 0) toasts.splice(at, 1)
}
