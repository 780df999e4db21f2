import { type JSX, useEffect, useRef } from 'react'
import type { Me } from '../../shared/protocol/api.ts'
import type { Patterns } from '../patterns/store.ts'
import type { OwnSwatches } from '../proposals/own-swatches.ts'
import type { Workbench } from '../proposals/workbench.ts'
import type { BoardSession } from '../sync/contract.ts'
import type { CanvasEvents } from './contract.ts'
import { openSurface, type Surface, type SurfaceSettings } from './surface.ts'

export interface CanvasProps extends SurfaceSettings {
  readonly session: BoardSession
  readonly patterns: Patterns
  readonly swatches: OwnSwatches
  readonly workbench: Workbench
  readonly me: Me
  /** The server's clock. */
  now(): number
  /** What a screen reader says the canvas is. */
  readonly label: string
  /** Id of an element that describes the keys. */
  readonly describedBy?: string
  readonly events: CanvasEvents
  readonly className?: string
}

/** The board's canvas. React sees an empty div: fabric owns the elements that are put into it. */
export const Canvas = (props: CanvasProps): JSX.Element => {
  const { session, patterns, swatches, workbench, label, describedBy, className } = props
  const host = useRef<HTMLDivElement>(null)
  const surface = useRef<Surface | null>(null)
  const latest = useRef(props)
  latest.current = props

  useEffect(() => {
    if (!host.current) return
    const opened = openSurface(host.current, {
      session,
      patterns,
      swatches,
      workbench,
      me: latest.current.me,
      now: () => latest.current.now(),
      settings: latest.current,
      events: () => latest.current.events,
    })
    surface.current = opened
    return () => {
      surface.current = null
      void opened.dispose()
    }
    // A new session is another canvas; everything else reaches the one that stands.
  }, [session, patterns, swatches, workbench])

  const { tool, says, unit, selected, noScale, slow, lost, shown, sizes, meant } = props
  useEffect(() => {
    const length = (mm: number): string => latest.current.length(mm)
    const handle: SurfaceSettings['handle'] = (operation, one) => latest.current.handle(operation, one)
    surface.current?.set({ tool, says, unit, selected, noScale, slow, lost, shown, sizes, meant, length, handle })
  }, [tool, says, unit, selected, noScale, slow, lost, shown, sizes, meant])
  return (
    <div
      ref={host}
      // Takes keys of its own; everything on it is in the list beside it too.
      role="application"
      aria-label={label}
      aria-describedby={describedBy}
      className={className}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: an application that is worked by keys has the focus
      tabIndex={0}
      style={{ position: 'relative', overflow: 'hidden', isolation: 'isolate' }}
    />
  )
}
export default Canvas
