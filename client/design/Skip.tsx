import css from './ui.module.css'

/** The first stop of the Tab key: past what stands on every page. */
export const Skip = ({ to, children }: { to: string; children: string }) => (
  <a className={css.skip} href={`#${to}`}>
    {children}
  </a>
)
