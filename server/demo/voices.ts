import type { Instant } from '../../shared/domain/units.ts'
import { written } from './hand.ts'
import type { StoryMark } from './story.ts'
import { courtVoices } from './voicesCourt.ts'
import { denimVoices } from './voicesDenim.ts'
import { schoolVoices } from './voicesSchool.ts'
import { workshopVoices } from './voicesWorkshop.ts'

/** What was drawn and said on the demo's tables over the last two weeks, oldest first. */
export const voices = (now: Instant): readonly StoryMark[] =>
  [...denimVoices, ...schoolVoices, ...courtVoices, ...workshopVoices]
    .map((said) => written(now, said))
    .sort((a, b) => a.at - b.at)
