import { FormDialog } from '../design/FormDialog.tsx'

/** Asks before what can't be undone, and says what it will do. */
export const Confirm = ({
  means,
  ...deed
}: {
  title: string
  means: string
  act: string
  busy: boolean
  problem: unknown
  onDo(): void
  onClose(): void
}) => (
  <FormDialog {...deed} look="danger">
    <p>{means}</p>
  </FormDialog>
)
