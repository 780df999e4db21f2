import type { Instant } from '../../shared/domain/units.ts'
import type { StoryMark } from './story.ts'

/** What was drawn and said on the demo's tables over the last two weeks. */
export const voices = (_now: Instant): readonly StoryMark[] => []
