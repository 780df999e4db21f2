import { useState } from 'react'
import { type DetailRefusalCode, type Details, detailsBetween, isNothing, tell } from '../../shared/pattern/details.ts'
import type { Pattern } from '../../shared/pattern/model.ts'
import { parseDetails } from '../../shared/pattern/wire-parse.ts'
import { useDesk } from '../panels/desk.ts'
import type { LoadedPattern } from '../patterns/store.ts'

/** What is being told of a pattern, until it is saved: step by step here, one version there. */
export interface Draft {
  readonly base: LoadedPattern
  /** The pattern as it would be. */
  readonly pattern: Pattern
  readonly details: Details
  readonly dirty: boolean
  /** Counts what was thrown away: fields begin anew with it. */
  readonly round: number
  /** A newer version came and what was told does not fit it: it is gone. */
  readonly lost: boolean
  /** One step. @returns why not, null where it was taken. */
  tell(step: Details): DetailRefusalCode | null
  discard(): void
}

interface State {
  readonly base: LoadedPattern
  readonly pattern: Pattern
  readonly round: number
  readonly lost: boolean
}

/** What was told of an older version, told of this one. */
const onto = (base: LoadedPattern, details: Details, round: number): State => {
  const told = tell(base.pattern, details)
  return { base, pattern: told.ok ? told.pattern : base.pattern, round, lost: !told.ok }
}

/** What is kept of this window and not saved; nothing where what is stored is none of ours. */
const keptOf = (text: string | undefined): Details => {
  try {
    return parseDetails(JSON.parse(text ?? '{}')) ?? {}
  } catch {
    return {}
  }
}

/** It outlives the dialog, as words do that were typed and not sent. */
export const useDraft = (lines: LoadedPattern): Draft => {
  const { typed } = useDesk()
  const place = `details/${lines.sheet}`
  const [state, setState] = useState<State>(() => onto(lines, keptOf(typed.get(place)), 0))
  const keep = (next: State): void => {
    const details = detailsBetween(next.base.pattern, next.pattern)
    if (isNothing(details)) typed.delete(place)
    else typed.set(place, JSON.stringify(details))
    setState(next)
  }
  if (state.base.version !== lines.version)
    keep(onto(lines, detailsBetween(state.base.pattern, state.pattern), state.round + 1))
  const { base, pattern, round, lost } = state
  const details = detailsBetween(base.pattern, pattern)
  return {
    base,
    pattern,
    details,
    dirty: !isNothing(details),
    round,
    lost,
    tell(step) {
      const told = tell(pattern, step, base.pattern)
      if (!told.ok) return told.refusal.code
      if (told.pattern !== pattern) keep({ base, pattern: told.pattern, round, lost: false })
      return null
    },
    discard: () => keep({ base, pattern: base.pattern, round: round + 1, lost: false }),
  }
}
