import type { ReactNode } from 'react'
import css from './pages.module.css'

/** A part of a page under its own heading, with what can be done there beside it. */
export const Section = ({
  title,
  count,
  act,
  children,
}: {
  title: string
  count?: number | undefined
  act?: ReactNode
  children: ReactNode
}) => (
  <section className={css.section}>
    <div className={css.sectionHead}>
      <h2>
        {title}
        {count !== undefined && <span className={css.count}>{count}</span>}
      </h2>
      {act}
    </div>
    {children}
  </section>
)
