/** The names behind account ids, read once. */
import { computed, type ComputedRef } from 'vue'
import { useRead } from '@/app/read'
import type { AccountItem, Page } from '@/engine/answers'

/** Account id → what to call them. */
export function useNames(): ComputedRef<Map<string, string>> {
  const { data } = useAccounts()
  return computed(() => new Map((data.value?.items ?? []).map((account) => [account.id, account.display])))
}

/** The accounts of the site; roles that may not manage them get id and name only. */
export function useAccounts(): ReturnType<typeof useRead<Page<AccountItem>>> {
  return useRead<Page<AccountItem>>(() => '/accounts')
}
