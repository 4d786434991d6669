/** The needs that are heard most, in the order in which they are offered. */
export const NEEDS = [
  'wage', 'school', 'health', 'documents', 'housing', 'loneliness', 'enrolment', 'school_transfer', 'after_school', 'tutoring', 'job', 'income', 'clothing', 'work_injury',
  'permit_help', 'no_hukou', 'custody', 'bullying', 'psychological', 'immunisation', 'demolition', 'legal', 'festival_stay', 'other',
] as const
