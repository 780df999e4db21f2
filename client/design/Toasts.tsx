import { useWords } from '../words/words.ts'
import { useToasts } from './toast-store.ts'
import css from './ui.module.css'

/** Stands once in the page, always there, so that screen readers hear what is put into it. */
export const Toasts = () => {
  const words = useWords()
  const { list, spoken, dismiss } = useToasts()
  return (
    <>
      <div className="unseen" role="status">
        {spoken}
      </div>
      <div className={css.toasts} role="log" aria-label={words.app.messages}>
        {list.map(({ id, text, act }) => (
          <div key={id} className={css.toast}>
            <span>{text}</span>
            {act && (
              <button
                type="button"
                onClick={() => {
                  act.run()
                  dismiss(id)
                }}
              >
                {act.label}
              </button>
            )}
            <button type="button" aria-label={words.app.dismiss} onClick={() => dismiss(id)}>
              ×
            </button>
          </div>
        ))}
      </div>
    </>
  )
}
