/** The tags by which needs are noted: the site's, and the program's own while none was read yet. */
import { computed, type ComputedRef } from 'vue'
import { either, words } from '@/app/i18n'
import { useRead } from '@/app/read'
import type { NeedItem, NeedTag, Page } from '@/engine/answers'
import { NEEDS } from './codes'

/** A tag to tap. */
export interface Tag {
  /** By which the form knows it. */
  key: string
  code: string
  /** Its record, for a site's own tag. */
  id: string | null
  text: string
}

export function useNeedTags(): { tags: ComputedRef<Tag[]>; all: ComputedRef<NeedTag[]>; reload: () => Promise<void> } {
  const { data, reload } = useRead<Page<NeedTag>>(() => '/need-tags')
  const all = computed(() => data.value?.items ?? [])
  const tags = computed(() => {
    const known = all.value.filter((tag) => !tag.retired).map((tag) => ({ key: tag.own ? tag.id : tag.code, code: tag.code, id: tag.own ? tag.id : null, text: nameOfTag(tag) }))
    return known.length ? known : NEEDS.map((code) => ({ key: code, code, id: null, text: words('need', code) }))
  })
  return { tags, all, reload }
}

/** A tag's name in the reader's language; one that nobody renamed is called as everywhere else. */
export function nameOfTag(tag: NeedTag): string {
  return tag.version === 0 ? words('need', tag.code) : either(tag.zh, tag.en || tag.zh)
}

/** What a need is called: by its tag where it has one. */
export function nameOfNeed(need: Pick<NeedItem, 'code' | 'tag'>): string {
  return need.tag?.name || words('need', need.code)
}
