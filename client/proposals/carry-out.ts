import { apply } from '../../shared/pattern/apply.ts'
import { check, type Finding } from '../../shared/pattern/check.ts'
import type { Pattern } from '../../shared/pattern/model.ts'
import type { Laying, OnBench } from './workbench.ts'

const keyOf = (finding: Finding): string =>
  `${finding.code} ${finding.piece} ${finding.edge ?? ''} ${finding.seam ?? ''}`

/** What is wrong after and was not before. */
const newFindings = (before: Pattern, after: Pattern, size: number): Finding[] => {
  const known = new Set(check(before, size).map(keyOf))
  return check(after, size).filter((finding) => !known.has(keyOf(finding)))
}

/** What an operation would do to one size, and whether the others can take it: by the very function that the server will use. */
export const carryOut = (now: Laying): OnBench => {
  const { before, operation, size, open } = now
  const outcome = apply(before, operation, size)
  if (!outcome.ok) return { ...now, outcome, elsewhere: null, findings: [] }
  const whole = open ? outcome : apply(before, operation)
  const elsewhere = whole.ok ? null : whole.refusal
  return { ...now, outcome, elsewhere, findings: newFindings(before, outcome.pattern, size) }
}
