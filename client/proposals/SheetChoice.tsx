import type { Sheet } from '../../shared/domain/sheet.ts'
import { SelectField } from '../design/Fields.tsx'
import { useProposalWords } from '../words/proposals/words.ts'

/** On which sheet somebody proposes, where there are several. */
export const SheetChoice = ({
  sheet,
  sheets,
  onSheet,
}: {
  sheet: Sheet
  sheets: readonly Sheet[]
  onSheet(id: string): void
}) => {
  const texts = useProposalWords()
  if (sheets.length < 2) return null
  return (
    <SelectField
      label={texts.panel.sheet}
      value={sheet.id as string}
      options={sheets.map(({ id, name }) => [id as string, name] as const)}
      onValue={onSheet}
    />
  )
}
