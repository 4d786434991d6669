/** The needs that are heard most, in the order in which they are offered. */
export const NEEDS = [
  'school', 'enrolment', 'school_transfer', 'after_school', 'tutoring', 'health', 'immunisation', 'psychological', 'bullying', 'custody', 'wage', 'work_injury', 'job',
  'income', 'clothing', 'housing', 'demolition', 'permit_help', 'no_hukou', 'legal', 'festival_stay', 'other',
] as const
