import { Link } from '@tanstack/react-router'
import { Button, buttonClass } from '../design/Button.tsx'
import { Stitch } from '../design/Trade.tsx'
import { useWords } from '../words/words.ts'
import css from './pages.module.css'
import { Plain } from './Shell.tsx'

/** The same page for what does not exist and for what may not be seen. */
export const NotFoundPage = () => {
  const words = useWords()
  return (
    <Plain title={words.errors.notFoundTitle}>
      <div className={css.letter}>
        <h1>{words.errors.notFoundTitle}</h1>
        <Stitch />
        <p>{words.errors.notFound}</p>
        <p>
          <Link to="/" className={buttonClass({ look: 'primary' })}>
            {words.errors.toHome}
          </Link>
        </p>
      </div>
    </Plain>
  )
}

export const CrashPage = ({ error }: { error: unknown }) => {
  const words = useWords()
  return (
    <Plain title={words.errors.title}>
      <div className={css.letter}>
        <h1>{words.errors.title}</h1>
        <Stitch />
        <p role="alert">{words.errors.crash}</p>
        <p>
          <Button look="primary" onClick={() => location.reload()}>
            {words.errors.reload}
          </Button>
        </p>
        <details>
          <summary>{words.errors.details}</summary>
          <code>{error instanceof Error ? error.message : String(error)}</code>
        </details>
      </div>
    </Plain>
  )
}
