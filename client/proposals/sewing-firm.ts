import type { Firm } from '../../shared/domain/people.ts'

/**
 * The firm that will sew what is proposed: a trainee that proposes on a mentor's work will have to make it, everything else is made
 * by its owner.
 */
export const sewingFirm = (owner: Firm | undefined, proposing: Firm | undefined): Firm | undefined =>
  owner?.role === 'mentor' && proposing?.role === 'trainee' ? proposing : owner
