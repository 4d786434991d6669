/** The pages. Every screen but the shell is a chunk of its own. */
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { problemOf } from './act'
import { useSession } from './session'

declare module 'vue-router' {
  interface RouteMeta {
    /** Open to people who are not signed in. */
    open?: boolean
    /** The roles that have any use for the page; everybody where not said. */
    roles?: string[]
  }
}

const helpers = ['manager', 'worker', 'volunteer']
const staff = ['manager', 'worker']

const routes: RouteRecordRaw[] = [
  { path: '/', name: 'today', component: () => import('@/contexts/help/TodayShow.vue') },
  { path: '/setup', name: 'setup', component: () => import('@/contexts/access/SetupNew.vue'), meta: { open: true } },
  { path: '/login', name: 'login', component: () => import('@/contexts/access/LoginNew.vue'), meta: { open: true } },
  { path: '/people', name: 'people', component: () => import('@/contexts/people/PersonFind.vue'), meta: { roles: helpers } },
  { path: '/people/new', name: 'person-new', component: () => import('@/contexts/people/PersonEdit.vue'), meta: { roles: helpers } },
  { path: '/people/:id', name: 'person', component: () => import('@/contexts/people/PersonShow.vue'), meta: { roles: helpers } },
  { path: '/people/:id/edit', name: 'person-edit', component: () => import('@/contexts/people/PersonEdit.vue'), meta: { roles: helpers } },
  { path: '/people/:id/care', name: 'child-care', component: () => import('@/contexts/community/ChildCareShow.vue'), meta: { roles: helpers } },
  { path: '/households', name: 'households', component: () => import('@/contexts/people/HouseholdList.vue'), meta: { roles: helpers } },
  { path: '/households/new', name: 'household-new', component: () => import('@/contexts/people/HouseholdEdit.vue'), meta: { roles: helpers } },
  { path: '/households/:id', name: 'household', component: () => import('@/contexts/people/HouseholdShow.vue'), meta: { roles: helpers } },
  { path: '/households/:id/edit', name: 'household-edit', component: () => import('@/contexts/people/HouseholdEdit.vue'), meta: { roles: helpers } },
  { path: '/duplicates', name: 'duplicates', component: () => import('@/contexts/people/DuplicateList.vue'), meta: { roles: staff } },
  { path: '/conflicts', name: 'conflicts', component: () => import('@/contexts/sync/ConflictList.vue'), meta: { roles: helpers } },
  { path: '/activities', name: 'activities', component: () => import('@/contexts/community/ActivityList.vue'), meta: { roles: helpers } },
  { path: '/activities/new', name: 'activity-new', component: () => import('@/contexts/community/ActivityEdit.vue'), meta: { roles: staff } },
  { path: '/activities/:id', name: 'activity', component: () => import('@/contexts/community/ActivityShow.vue'), meta: { roles: helpers } },
  { path: '/activities/:id/edit', name: 'activity-edit', component: () => import('@/contexts/community/ActivityEdit.vue'), meta: { roles: staff } },
  { path: '/activity-kinds', name: 'activity-kinds', component: () => import('@/contexts/community/KindList.vue'), meta: { roles: staff } },
  { path: '/sessions/:id', name: 'session', component: () => import('@/contexts/community/SessionShow.vue'), meta: { roles: helpers } },
  { path: '/sessions/:id/roll', name: 'roll', component: () => import('@/contexts/community/RollShow.vue'), meta: { roles: helpers } },
  { path: '/sessions/:id/care', name: 'care', component: () => import('@/contexts/community/CareShow.vue'), meta: { roles: helpers } },
  { path: '/sessions/:id/trip', name: 'trip', component: () => import('@/contexts/community/TripShow.vue'), meta: { roles: helpers } },
  { path: '/activities/:id/circle', name: 'circle', component: () => import('@/contexts/community/CircleShow.vue'), meta: { roles: helpers } },
  { path: '/festival-stays', name: 'festival-stays', component: () => import('@/contexts/community/StayList.vue'), meta: { roles: helpers } },
  { path: '/visits', name: 'visits', component: () => import('@/contexts/outreach/EncounterList.vue'), meta: { roles: helpers } },
  { path: '/visits/new', name: 'visit-new', component: () => import('@/contexts/outreach/EncounterNew.vue'), meta: { roles: helpers } },
  { path: '/visits/:id', name: 'visit', component: () => import('@/contexts/outreach/EncounterShow.vue'), meta: { roles: helpers } },
  { path: '/needs', name: 'needs', component: () => import('@/contexts/outreach/NeedList.vue'), meta: { roles: helpers } },
  { path: '/needs/tags', name: 'need-tags', component: () => import('@/contexts/outreach/NeedTagList.vue'), meta: { roles: staff } },
  { path: '/voices', name: 'board', component: () => import('@/contexts/outreach/BoardList.vue'), meta: { roles: staff } },
  { path: '/incidents', name: 'incidents', component: () => import('@/contexts/outreach/IncidentList.vue'), meta: { roles: helpers } },
  { path: '/leaflets', name: 'leaflets', component: () => import('@/contexts/outreach/LeafletList.vue'), meta: { roles: helpers } },
  { path: '/changes', name: 'changes', component: () => import('@/contexts/outreach/SoftList.vue'), meta: { roles: helpers } },
  { path: '/communities', name: 'communities', component: () => import('@/contexts/outreach/CommunityList.vue'), meta: { roles: helpers } },
  { path: '/works', name: 'works', component: () => import('@/contexts/publishing/WorkList.vue'), meta: { roles: helpers } },
  { path: '/works/:id', name: 'work', component: () => import('@/contexts/publishing/WorkShow.vue'), meta: { roles: helpers } },
  { path: '/items', name: 'items', component: () => import('@/contexts/resources/ItemList.vue'), meta: { roles: staff } },
  { path: '/items/:id', name: 'item', component: () => import('@/contexts/resources/ItemShow.vue'), meta: { roles: staff } },
  { path: '/hours', name: 'hours', component: () => import('@/contexts/volunteering/HoursList.vue'), meta: { roles: helpers } },
  { path: '/requests', name: 'requests', component: () => import('@/contexts/help/RequestList.vue'), meta: { roles: helpers } },
  { path: '/requests/new', name: 'request-new', component: () => import('@/contexts/help/RequestNew.vue'), meta: { roles: helpers } },
  { path: '/requests/:id', name: 'request', component: () => import('@/contexts/help/RequestShow.vue'), meta: { roles: helpers } },
  { path: '/referrals', name: 'referrals', component: () => import('@/contexts/help/ReferralList.vue'), meta: { roles: staff } },
  { path: '/referrals/new', name: 'referral-new', component: () => import('@/contexts/help/ReferralNew.vue'), meta: { roles: staff } },
  { path: '/referrals/:id', name: 'referral', component: () => import('@/contexts/help/ReferralShow.vue'), meta: { roles: staff } },
  { path: '/referrals/:id/slip', name: 'referral-slip', component: () => import('@/contexts/help/ReferralSlip.vue'), meta: { roles: staff } },
  { path: '/organisations', name: 'organisations', component: () => import('@/contexts/network/OrganisationList.vue'), meta: { roles: helpers } },
  { path: '/organisations/new', name: 'organisation-new', component: () => import('@/contexts/network/OrganisationEdit.vue'), meta: { roles: staff } },
  { path: '/organisations/:id', name: 'organisation', component: () => import('@/contexts/network/OrganisationShow.vue'), meta: { roles: helpers } },
  { path: '/organisations/:id/edit', name: 'organisation-edit', component: () => import('@/contexts/network/OrganisationEdit.vue'), meta: { roles: staff } },
  { path: '/reports', redirect: '/reports/roster' },
  { path: '/reports/roster', name: 'roster', component: () => import('@/contexts/evidence/RosterShow.vue'), meta: { roles: [...staff, 'coordinator'] } },
  { path: '/reports/year', name: 'year', component: () => import('@/contexts/evidence/YearShow.vue'), meta: { roles: [...staff, 'coordinator'] } },
  { path: '/reports/participations', name: 'participations', component: () => import('@/contexts/evidence/ParticipationShow.vue'), meta: { roles: [...staff, 'coordinator'] } },
  { path: '/imports', name: 'imports', component: () => import('@/contexts/intake/ImportList.vue'), meta: { roles: staff } },
  { path: '/imports/:id', name: 'import', component: () => import('@/contexts/intake/ImportShow.vue'), meta: { roles: staff } },
  { path: '/forms', name: 'forms', component: () => import('@/contexts/intake/FormList.vue'), meta: { roles: staff } },
  { path: '/forms/:id', name: 'form', component: () => import('@/contexts/intake/FormShow.vue'), meta: { roles: staff } },
  { path: '/settings', name: 'settings', component: () => import('@/contexts/access/SettingsEdit.vue') },
  { path: '/accounts', name: 'accounts', component: () => import('@/contexts/access/AccountList.vue'), meta: { roles: ['manager', 'operator'] } },
  { path: '/outbox', name: 'outbox', component: () => import('@/contexts/sync/OutboxList.vue') },
  { path: '/journal', name: 'journal', component: () => import('@/contexts/sync/JournalList.vue'), meta: { roles: ['manager', 'auditor'] } },
  { path: '/more', name: 'more', component: () => import('@/contexts/access/MoreShow.vue') },
  { path: '/records/:noun/:id/history', name: 'history', component: () => import('@/contexts/sync/HistoryShow.vue') },
  { path: '/:path(.*)*', name: 'not-found', component: () => import('./NotFound.vue'), meta: { open: true } },
]

export const router = createRouter({
  history: createWebHistory(),
  routes,
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
})

router.beforeEach(async (to) => {
  const session = useSession()
  if (!session.loaded) {
    try {
      await session.load()
    } catch (error) {
      problemOf(error)
      return to.name === 'login' ? true : { name: 'login' }
    }
  }
  if (session.session?.setup_needed && to.name !== 'setup') return { name: 'setup' }
  if (!session.session?.setup_needed && to.name === 'setup') return { name: 'today' }
  if (!to.meta.open && !session.account) return { name: 'login', query: { next: to.fullPath } }
  return true
})

// After an upgrade the chunks of the old page are gone: the page is loaded anew, once.
router.onError((error, to) => {
  if (!(error instanceof TypeError) || !/import/i.test(error.message) || sessionStorage.getItem('skein.reloaded') === to.fullPath) return
  sessionStorage.setItem('skein.reloaded', to.fullPath)
  location.assign(to.fullPath)
})
