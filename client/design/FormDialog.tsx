import type { ReactNode } from 'react'
import { Dialog } from './Dialog.tsx'
import { FormActions } from './Fields.tsx'
import { Problem } from './Notice.tsx'
import css from './ui.module.css'

/** A dialog that asks for what a deed needs: why it was not done on top, cancel and the deed at the foot. */
export const FormDialog = ({
  title,
  act,
  look = 'primary',
  busy,
  problem,
  onDo,
  onClose,
  children,
}: {
  title: string
  /** What the button says that does it. */
  act: string
  look?: 'primary' | 'danger'
  /** It is being done, or cannot be. */
  busy?: boolean
  /** Whatever the last attempt threw. */
  problem?: unknown
  /** Whether everything is filled in is for this to see: what is missing is said in the page's own words. */
  onDo(): void
  onClose(): void
  children: ReactNode
}) => (
  <Dialog title={title} onClose={onClose}>
    <form
      className={css.form}
      noValidate
      onSubmit={(e) => {
        e.preventDefault()
        onDo()
      }}
    >
      <Problem problem={problem} />
      {children}
      <FormActions act={act} onCancel={onClose} busy={busy === true} look={look} />
    </form>
  </Dialog>
)
