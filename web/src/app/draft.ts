/** A form that survives a killed browser: saved while typing, in the tables of the signed-in account only. */
import { onScopeDispose, ref, type Ref, watch } from 'vue'
import type { Json } from '@/engine/envelope'
import { device, deviceOpen } from './services'

export interface Draft {
  /** A draft from before was put back into the form. */
  restored: Ref<boolean>
  /** Forgets it: saved, or not wanted. */
  clear: () => Promise<void>
}

/** Keeps `form` under `key`, and puts back what was there. */
export function useDraft(key: string, form: Record<string, unknown>, isEmpty: () => boolean): Draft {
  const restored = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let done = false
  let ready = false

  async function load(): Promise<void> {
    const saved = deviceOpen() ? await device().store.draft(key) : null
    if (saved !== null && typeof saved === 'object' && !Array.isArray(saved)) {
      Object.assign(form, saved)
      restored.value = true
    }
    ready = true
  }
  function save(): void {
    if (done || !ready || !deviceOpen()) return
    const body = isEmpty() ? null : (JSON.parse(JSON.stringify(form)) as Json)
    void device().store.saveDraft(key, body, Date.now())
  }
  async function clear(): Promise<void> {
    done = true
    clearTimeout(timer)
    restored.value = false
    if (deviceOpen()) await device().store.saveDraft(key, null, Date.now())
  }
  watch(form, () => {
    clearTimeout(timer)
    timer = setTimeout(save, 250)
  }, { deep: true })
  onScopeDispose(() => {
    clearTimeout(timer)
    save()
  })
  void load()
  return { restored, clear }
}
