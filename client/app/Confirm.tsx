import { Dialog } from '../design/Dialog.tsx'
import { FormActions } from '../design/Fields.tsx'
import { Problem } from '../design/Notice.tsx'
import ui from '../design/ui.module.css'

/** Asks before what can't be undone, and says what it will do. */
export const Confirm = ({
  title,
  means,
  act,
  busy,
  problem,
  onDo,
  onClose,
}: {
  title: string
  means: string
  act: string
  busy: boolean
  problem: unknown
  onDo(): void
  onClose(): void
}) => (
  <Dialog title={title} onClose={onClose}>
    <form
      className={ui.form}
      onSubmit={(e) => {
        e.preventDefault()
        onDo()
      }}
    >
      <Problem problem={problem} />
      <p>{means}</p>
      <FormActions act={act} onCancel={onClose} busy={busy} look="danger" />
    </form>
  </Dialog>
)
