import type { Outcome } from '../../shared/pattern/apply.ts'
import type { Finding } from '../../shared/pattern/check.ts'
import type { Details, Told } from '../../shared/pattern/details.ts'
import type { Laid } from '../../shared/pattern/follow.ts'
import type { Layout } from '../../shared/pattern/layout.ts'
import type { Pattern, Vec } from '../../shared/pattern/model.ts'
import type { Operation } from '../../shared/pattern/operation.ts'

/** What carrying a proposal out takes of the pattern's own rules. */
export interface Kernel {
  apply(pattern: Pattern, operation: Operation): Outcome
  check(pattern: Pattern): readonly Finding[]
  layOut(pattern: Pattern, kept?: Layout): Layout
  follow(before: Laid, after: Laid): (points: readonly Vec[]) => Vec | null
  tell(pattern: Pattern, details: Details): Told
}

/** The operations, read when the first proposal is decided: a server that only shows boards does without. */
export const loadKernel = async (): Promise<Kernel> => {
  const [{ apply }, { check }, { layOut }, { follow }, { tell }] = await Promise.all([
    import('../../shared/pattern/apply.ts'),
    import('../../shared/pattern/check.ts'),
    import('../../shared/pattern/layout.ts'),
    import('../../shared/pattern/follow.ts'),
    import('../../shared/pattern/details.ts'),
  ])
  return { apply, check, layOut, follow, tell }
}
