/** What is in the navigation, for whom. */
import {
  CalendarDays, Camera, ClipboardList, CopyCheck, FileInput, Footprints, HandHeart, House, LayoutDashboard, MessageSquareHeart, ScrollText, Search,
  MapPinned, Megaphone, Network, Newspaper, Package, PartyPopper, ShieldAlert, Send, Timer, TrendingUp, Settings, UsersRound, ChartColumn, Split, RefreshCw, TableProperties,
} from '@lucide/vue'
import type { Component } from 'vue'

export interface NavItem {
  to: string
  key: string
  icon: Component
  roles?: string[]
}

const helpers = ['manager', 'worker', 'volunteer']
const staff = ['manager', 'worker']

export const GROUPS: { key: string; items: NavItem[] }[] = [
  {
    key: 'daily',
    items: [
      { to: '/', key: 'today', icon: LayoutDashboard },
      { to: '/people', key: 'people', icon: Search, roles: helpers },
      { to: '/households', key: 'households', icon: House, roles: helpers },
      { to: '/activities', key: 'activities', icon: CalendarDays, roles: helpers },
      { to: '/visits', key: 'visits', icon: Footprints, roles: helpers },
      { to: '/needs', key: 'needs', icon: MessageSquareHeart, roles: helpers },
      { to: '/requests', key: 'requests', icon: HandHeart, roles: helpers },
      { to: '/referrals', key: 'referrals', icon: Send, roles: staff },
      { to: '/organisations', key: 'organisations', icon: Network, roles: helpers },
    ],
  },
  {
    key: 'field',
    items: [
      { to: '/communities', key: 'communities', icon: MapPinned, roles: helpers },
      { to: '/voices', key: 'board', icon: Megaphone, roles: staff },
      { to: '/incidents', key: 'incidents', icon: ShieldAlert, roles: helpers },
      { to: '/leaflets', key: 'leaflets', icon: Newspaper, roles: helpers },
      { to: '/changes', key: 'changes', icon: TrendingUp, roles: helpers },
      { to: '/festival-stays', key: 'stays', icon: PartyPopper, roles: helpers },
      { to: '/works', key: 'works', icon: Camera, roles: helpers },
      { to: '/items', key: 'items', icon: Package, roles: staff },
      { to: '/hours', key: 'hours', icon: Timer, roles: helpers },
    ],
  },
  {
    key: 'care',
    items: [
      { to: '/imports', key: 'imports', icon: FileInput, roles: staff },
      { to: '/forms', key: 'forms', icon: TableProperties, roles: staff },
      { to: '/duplicates', key: 'duplicates', icon: CopyCheck, roles: staff },
      { to: '/conflicts', key: 'conflicts', icon: Split, roles: helpers },
      { to: '/reports/roster', key: 'reports', icon: ChartColumn, roles: [...staff, 'coordinator'] },
    ],
  },
  {
    key: 'house',
    items: [
      { to: '/accounts', key: 'accounts', icon: UsersRound, roles: ['manager', 'operator'] },
      { to: '/journal', key: 'journal', icon: ScrollText, roles: ['manager', 'auditor'] },
      { to: '/outbox', key: 'outbox', icon: RefreshCw },
      { to: '/settings', key: 'settings', icon: Settings },
    ],
  },
]

/** The bottom bar of a phone; the rest is one tap away under "more". */
export const BAR: NavItem[] = [
  { to: '/', key: 'today', icon: LayoutDashboard },
  { to: '/people', key: 'people', icon: Search, roles: helpers },
  { to: '/activities', key: 'activities', icon: CalendarDays, roles: helpers },
  { to: '/visits/new', key: 'note', icon: ClipboardList, roles: helpers },
]

export function allowed(item: { roles?: string[] }, role: string | null): boolean {
  return item.roles === undefined || (role !== null && item.roles.includes(role))
}
