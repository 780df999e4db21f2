import { apply } from '../../shared/pattern/apply.ts'
import { check, type Finding } from '../../shared/pattern/check.ts'
import type { Pattern } from '../../shared/pattern/model.ts'
import type { OnBench } from './workbench.ts'

const keyOf = (finding: Finding): string =>
  `${finding.code} ${finding.piece} ${finding.edge ?? ''} ${finding.seam ?? ''}`

/** What is wrong after and was not before. */
const newFindings = (before: Pattern, after: Pattern, size: number): Finding[] => {
  const known = new Set(check(before, size).map(keyOf))
  return check(after, size).filter((finding) => !known.has(keyOf(finding)))
}

/** What an operation would do to one size: by the very function that the server will use. */
export const carryOut = (now: Omit<OnBench, 'outcome' | 'findings'>): OnBench => {
  const outcome = apply(now.before, now.operation, now.size)
  return { ...now, outcome, findings: outcome.ok ? newFindings(now.before, outcome.pattern, now.size) : [] }
}
