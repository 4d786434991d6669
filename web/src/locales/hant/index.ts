/** Traditional Chinese: the source's texts, converted when the program is built (`web/scripts/hant.ts`). */
import type { Messages } from '@/app/i18n'
import zh from '@/app/messages.zh?hant'
import { GROUPS } from '@/contexts/people/groups?hant'

/** Besides the texts, the names of ethnic groups, which the other languages have in their table. */
const messages: Messages & { ethnicGroup: Record<string, string> } = {
  ...zh,
  ethnicGroup: Object.fromEntries(GROUPS.map(([code, name]) => [String(code), name])),
}
export default messages
