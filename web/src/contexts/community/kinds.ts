/** The site's kinds of activity, read once, with their names in the chosen language. */
import { computed, type ComputedRef } from 'vue'
import { either, words } from '@/app/i18n'
import { useRead } from '@/app/read'
import type { KindItem, Page, Traits } from '@/engine/answers'

const NONE: Traits = { dishes: false, pick_up: false, consents: false, self_run: false }

export interface Kinds {
  all: ComputedRef<KindItem[]>
  /** Those that are offered, as choices; a retired one that is in use stays one. */
  options: (used?: string | null) => { value: string; text: string }[]
  name: (code: string | null | undefined) => string
  traits: (code: string | null | undefined) => Traits
  reload: () => Promise<void>
}

export function useKinds(): Kinds {
  const { data, reload } = useRead<Page<KindItem>>(() => '/activity-kinds')
  const all = computed(() => data.value?.items ?? [])
  const text = (kind: KindItem): string => (either(kind.zh, kind.en))
  const of = (code: string | null | undefined): KindItem | undefined => all.value.find((kind) => kind.code === code)
  return {
    all,
    reload,
    options: (used) => all.value.filter((kind) => !kind.retired || kind.code === used).map((kind) => ({ value: kind.code, text: text(kind) })),
    name: (code) => {
      const kind = of(code)
      return kind ? text(kind) : all.value.length ? '' : words('activityKind', code)
    },
    traits: (code) => of(code)?.traits ?? NONE,
  }
}
