import type { Row } from './row.ts'

/** What ours must reach, of the medians. `expected` is said of the peers: printed beside them, never a failure of ours. */
export interface Target {
  readonly bench: string
  /** The subject's first word: `ours` holds for `ours 100000` too. */
  readonly subject: string
  readonly metric: string
  readonly least?: number
  readonly most?: number
}

export const TARGETS: readonly Target[] = [
  { bench: 'presence', subject: 'ours', metric: 'delivered', least: 100 },
  { bench: 'presence', subject: 'ours', metric: 'p99', most: 150 },
  { bench: 'presence', subject: 'ours', metric: 'cpu', most: 60 },
  { bench: 'edits', subject: 'ours', metric: 'delivered', least: 100 },
  { bench: 'edits', subject: 'ours', metric: 'stored', least: 100 },
  { bench: 'edits', subject: 'ours', metric: 'p95', most: 80 },
  { bench: 'calm', subject: 'ours', metric: 'delivered', least: 100 },
  { bench: 'calm', subject: 'ours', metric: 'ratio', most: 2.5 },
  { bench: 'gate', subject: 'ours', metric: 'ratio', most: 2.5 },
  // No growth, within what two measurements of the same thing differ by.
  { bench: 'gate', subject: 'ours', metric: 'growth', most: 1.25 },
  { bench: 'open', subject: 'ours', metric: 'script', most: 200 },
  { bench: 'open', subject: 'ours', metric: 'home script', most: 200 },
  // Each file alone, not their sum: a pattern in the time in which others list entities.
  { bench: 'import', subject: 'ours', metric: 'worst ratio', most: 1 },
  { bench: 'ops', subject: 'ours', metric: 'worst in view', most: 16 },
  { bench: 'ops', subject: 'ours', metric: 'worst all sizes', most: 150 },
  { bench: 'nest', subject: 'ours', metric: 'pan p95', most: 20 },
  { bench: 'nest', subject: 'ours', metric: 'zoom p95', most: 20 },
]

export interface Judged {
  readonly met: boolean
  /** `≤ 150`, in the row's unit. */
  readonly says: string
}

/** @returns null where no target is set for this value. */
export const judgeRow = (row: Row): Judged | null => {
  const subject = row.subject.split(' ')[0]
  const target = TARGETS.find((t) => t.bench === row.bench && t.subject === subject && t.metric === row.metric)
  if (!target) return null
  const { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY } = target
  return {
    met: row.value >= least && row.value <= most,
    says: target.most === undefined ? `≥ ${least}` : `≤ ${most}`,
  }
}
