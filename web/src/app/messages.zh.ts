/** All Chinese texts, the source language; each context keeps its own beside its screens. */
import access from '@/contexts/access/access.zh'
import community from '@/contexts/community/community.zh'
import evidence from '@/contexts/evidence/evidence.zh'
import help from '@/contexts/help/help.zh'
import intake from '@/contexts/intake/intake.zh'
import outreach from '@/contexts/outreach/outreach.zh'
import people from '@/contexts/people/people.zh'
import sync from '@/contexts/sync/sync.zh'
import ui from '@/ui/ui.zh'
import app from './app.zh'
import codes from './codes.zh'

export default { ...app, ...codes, ui, access, community, evidence, help, intake, outreach, people, sync }
