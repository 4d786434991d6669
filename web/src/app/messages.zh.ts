/** All Chinese texts, the source language; each context keeps its own beside its screens. */
import access from '@/contexts/access/access.zh'
import community from '@/contexts/community/community.zh'
import evidence from '@/contexts/evidence/evidence.zh'
import help from '@/contexts/help/help.zh'
import referral from '@/contexts/help/referral.zh'
import intake from '@/contexts/intake/intake.zh'
import network from '@/contexts/network/network.zh'
import outreach from '@/contexts/outreach/outreach.zh'
import consent from '@/contexts/people/consent.zh'
import people from '@/contexts/people/people.zh'
import resources from '@/contexts/resources/resources.zh'
import sync from '@/contexts/sync/sync.zh'
import volunteering from '@/contexts/volunteering/volunteering.zh'
import ui from '@/ui/ui.zh'
import app from './app.zh'
import codes from './codes.zh'

export default { ...app, ...codes, ui, access, community, consent, evidence, help, intake, network, outreach, people, referral, resources, sync, volunteering }
