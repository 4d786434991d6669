/** English: every text of the Chinese source, checked by its type. */
import type { Messages } from '@/app/i18n'
import access from './access'
import app from './app'
import care from './care'
import circle from './circle'
import codes from './codes'
import community from './community'
import consent from './consent'
import evidence from './evidence'
import help from './help'
import intake from './intake'
import network from './network'
import outreach from './outreach'
import people from './people'
import referral from './referral'
import resources from './resources'
import sync from './sync'
import trip from './trip'
import ui from './ui'
import volunteering from './volunteering'

const messages: Messages = { ...app, ...codes, ui, access, care, circle, community, consent, evidence, help, intake, network, outreach, people, referral, resources, sync, trip, volunteering }
export default messages
