import { useState } from 'react'
import type { Sheet } from '../../shared/domain/sheet.ts'
import { MM_PER_INCH } from '../../shared/domain/units.ts'
import { usePrefs } from '../app/prefs.ts'
import { Button } from '../design/Button.tsx'
import { Choices, NumberField, toNumber } from '../design/Fields.tsx'
import { FormDialog } from '../design/FormDialog.tsx'
import ui from '../design/ui.module.css'
import { useFormats } from '../words/format.ts'
import { useWords } from '../words/words.ts'
import { useDesk } from './desk.ts'
import { scaleFrom } from './lay.ts'
import { useCommand } from './useCommand.ts'

type Part = 'width' | 'height' | 'other'

/** Says how long something on a photo really is: a line drawn over it, the whole photo, or any length in pixels. */
export const ScaleForm = ({ sheet, line, onClose }: { sheet: Sheet; line: number | null; onClose(): void }) => {
  const words = useWords()
  const format = useFormats()
  const { unit } = usePrefs()
  const { session, take, handle } = useDesk()
  const { busy, problem, run } = useCommand(() => {
    // It is of another size now, and may lie elsewhere so as not to cover others.
    handle?.fit({ sheet: sheet.id })
    onClose()
  })
  const [part, setPart] = useState<Part>('width')
  const [pixels, setPixels] = useState('')
  const [real, setReal] = useState('')
  const [tried, setTried] = useState(false)
  const typed = toNumber(pixels)
  const length = toNumber(real)
  const px = line ?? { width: sheet.width, height: sheet.height, other: typed }[part]
  const mmPerUnit = scaleFrom(px, length * (unit === 'cm' ? 10 : MM_PER_INCH))
  const size =
    mmPerUnit === null
      ? ''
      : words.board.sheets.size({
          width: format.length(sheet.width * mmPerUnit, unit),
          height: format.length(sheet.height * mmPerUnit, unit),
        })
  const inPixels = (n: number): string => `${format.number(Math.round(n))} ${words.board.form.unitPx}`
  const wrongReal = length > 0 ? (px > 0 && mmPerUnit === null ? words.board.sheets.scaleOdd : null) : words.door.needed
  return (
    <FormDialog
      title={words.board.sheets.scaleTitle}
      act={words.board.sheets.scaleDo}
      busy={busy}
      problem={problem}
      onDo={() => {
        setTried(true)
        if (mmPerUnit !== null)
          run(session.command('sheet.scale', { sheet: sheet.id, mmPerUnit }), words.board.sheets.scaleDone({ size }))
      }}
      onClose={onClose}
    >
      {line === null ? (
        <>
          <div>
            <Button
              icon="scale"
              onClick={() => {
                take('scale')
                handle?.fit({ sheet: sheet.id })
                onClose()
              }}
            >
              {words.board.sheets.scaleLine}
            </Button>
          </div>
          <p className={ui.hint}>{words.board.sheets.scaleNumbers}</p>
          <Choices<Part>
            label={words.board.sheets.scalePart}
            value={part}
            options={[
              ['width', words.board.sheets.scaleWidth],
              ['height', words.board.sheets.scaleHeight],
              ['other', words.board.sheets.scaleOther],
            ]}
            onValue={setPart}
          />
          {part === 'other' && (
            <NumberField
              label={words.board.sheets.scalePixels}
              hint={words.board.sheets.size({ width: inPixels(sheet.width), height: inPixels(sheet.height) })}
              unit={words.board.form.unitPx}
              value={pixels}
              onValue={setPixels}
              wrong={tried && !(typed > 0) ? words.door.needed : null}
            />
          )}
        </>
      ) : (
        <p>{words.board.sheets.scaleDrawn({ pixels: inPixels(line) })}</p>
      )}
      <NumberField
        label={words.board.sheets.scaleReal}
        unit={unit === 'cm' ? words.board.view.cm : words.board.view.inch}
        value={real}
        onValue={setReal}
        wrong={tried ? wrongReal : null}
      />
      {size !== '' && (
        <p className={ui.hint} role="status">
          {words.board.sheets.scaleGives({ size })}
        </p>
      )}
    </FormDialog>
  )
}
