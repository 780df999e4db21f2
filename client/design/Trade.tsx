import { useId } from 'react'
import css from './ui.module.css'

/** A line of stitches, in place of a plain rule. */
export const Stitch = () => (
  <svg className={css.stitch} aria-hidden="true">
    <line x1="0" y1="1.5" x2="100%" y2="1.5" stroke="currentColor" strokeWidth="1.5" strokeDasharray="9 5" />
  </svg>
)

/** The edge of a tape measure: a tick every 8 px, a long one every fifth. */
export const Tape = () => {
  const id = useId()
  return (
    <svg className={css.tape} aria-hidden="true">
      <defs>
        <pattern id={id} width="40" height="12" patternUnits="userSpaceOnUse">
          <path d="M.5 0v12M8.5 0v5M16.5 0v5M24.5 0v5M32.5 0v5" stroke="currentColor" />
        </pattern>
      </defs>
      <rect width="100%" height="12" fill={`url(#${id})`} />
    </svg>
  )
}

/** Something is on its way: a seam being sewn, and what it is about in words. */
export const Waiting = ({ children }: { children: string }) => (
  <div className={css.waiting} role="status">
    <svg className={css.runner} aria-hidden="true">
      <line x1="0" y1="6" x2="120" y2="6" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
    </svg>
    <span>{children}</span>
  </div>
)
