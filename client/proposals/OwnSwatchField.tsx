import { useEffect, useRef, useState } from 'react'
import { canBeRead, oneLine } from '../../shared/domain/line.ts'
import { MM_PER_INCH } from '../../shared/domain/units.ts'
import { OWN_SWATCH, type OwnSwatch } from '../../shared/pattern/swatches.ts'
import { usePrefs } from '../app/prefs.ts'
import { useWho } from '../app/signed.ts'
import { Button } from '../design/Button.tsx'
import { TextField, Wrong } from '../design/Fields.tsx'
import { useRefusal } from '../design/Notice.tsx'
import { complain } from '../design/toast-store.ts'
import ui from '../design/ui.module.css'
import { useDesk } from '../panels/desk.ts'
import { FileInput } from '../panels/FileInput.tsx'
import sheetCss from '../panels/sheets.module.css'
import { UploadProgress } from '../panels/UploadProgress.tsx'
import { useSwatchUploads } from '../panels/uploads.ts'
import { useOutcome } from '../panels/useOutcome.ts'
import { useWatched } from '../panels/watch.ts'
import { useWords } from '../words/words.ts'
import { useWorkshopWords } from '../words/workshop/words.ts'
import { Amount } from './Amount.tsx'
import { OwnSwatchPicture } from './OwnSwatchPicture.tsx'
import css from './proposals.module.css'
import { useBringing } from './useBringing.ts'

const ACCEPT = '.jpg,.jpeg,.png,.webp,image/jpeg,image/png,image/webp'

/** What a file is called, as sheets are until somebody says it better; `instead` where that is nothing. */
const nameOf = (file: string, instead: string): string => {
  const line = oneLine(file.replace(/\.[a-z0-9]{1,5}$/i, '').replace(/_/g, ' '))
  const short = [...line].slice(0, OWN_SWATCH.name / 2).join('')
  return canBeRead(short) ? short : instead
}

/** Its name, which is what there is of it for who doesn't see it. An empty one is not taken over. */
const Name = ({ value, onValue }: { value: string; onValue(name: string): void }) => {
  const { looks } = useWorkshopWords()
  const [typed, setTyped] = useState({ text: value, value })
  const text = typed.value === value ? typed.text : value
  return (
    <TextField
      label={looks.photoName}
      hint={looks.photoNameHint}
      wrong={canBeRead(oneLine(text)) ? null : looks.noPhotoName}
      value={text}
      maxLength={OWN_SWATCH.name}
      onValue={(next) => {
        const line = oneLine(next)
        const kept = canBeRead(line) ? line : value
        setTyped({ text: next, value: kept })
        if (kept !== value) onValue(kept)
      }}
    />
  )
}

/** A photo of one's own as the swatch of a look: sent by hand, from the camera or by dropping it, then named and sized. */
export const OwnSwatchField = ({ value, onValue }: { value: OwnSwatch | null; onValue(swatch: OwnSwatch): void }) => {
  const words = useWords()
  const { looks } = useWorkshopWords()
  const { unit } = usePrefs()
  const { me } = useWho()
  const say = useRefusal()
  const outcome = useOutcome()
  const { session, board, workbench, catcher } = useDesk()
  const records = useWatched(session.records)
  const bench = useWatched(workbench.state)
  const { add, cancel, dismiss } = useSwatchUploads()
  const { upload, isOnItsWay } = useBringing()
  const [isHere, setHere] = useState(false)
  const file = useRef<HTMLInputElement>(null)
  const camera = useRef<HTMLInputElement>(null)

  const take = (files: FileList | null): void => {
    const [first] = files ?? []
    if (!first) return
    if (upload) {
      void cancel(upload.key).catch(() => undefined)
      dismiss(upload.key)
    }
    setHere(false)
    add(board.id, me.person.id, first)
  }
  const latest = useRef({ value, onValue, take, looks })
  latest.current = { value, onValue, take, looks }
  useEffect(() => {
    const sent = upload?.state?.swatch
    if (!upload || !sent) return
    const { value, onValue, looks } = latest.current
    session.knowSwatch(sent)
    onValue({ own: sent, name: nameOf(upload.name, looks.own), across: value?.across ?? OWN_SWATCH.start })
    setHere(true)
    dismiss(upload.key)
  }, [upload, session, dismiss])
  useEffect(() => {
    const catches = (files: FileList | null): void => latest.current.take(files)
    catcher.current = catches
    return () => {
      if (catcher.current === catches) catcher.current = null
    }
  }, [catcher])

  const { ended, refused } = upload ? outcome(upload) : { ended: '', refused: null }
  const sheet = records.sheets.find(({ id }) => id === bench?.sheet)
  const per = unit === 'cm' ? 10 : MM_PER_INCH
  return (
    <fieldset className={`${ui.field} ${sheetCss.drop} ${css.own}`}>
      <legend className={ui.label}>{looks.own}</legend>
      <p className={ui.hint}>{looks.ownHint}</p>
      <div className={sheetCss.dropActs}>
        <Button icon="upload" onClick={() => file.current?.click()}>
          {value ? looks.changePhoto : looks.sendPhoto}
        </Button>
        <Button className={sheetCss.camera ?? ''} icon="camera" onClick={() => camera.current?.click()}>
          {words.board.sheets.take}
        </Button>
      </div>
      <FileInput input={file} label={looks.sendPhoto} accept={ACCEPT} onFiles={(files) => take(files)} />
      <FileInput
        input={camera}
        label={words.board.sheets.take}
        accept="image/*"
        camera
        onFiles={(files) => take(files)}
      />
      <p className="unseen" role="status">
        {isHere && looks.photoHere}
      </p>
      {upload && <UploadProgress upload={upload} ended={ended} />}
      {upload && isOnItsWay && (
        <div className={ui.actions}>
          <Button
            small
            aria-label={words.board.upload.cancelOf({ name: upload.name })}
            onClick={() => void cancel(upload.key).catch((why) => complain(say(why)))}
          >
            {words.board.upload.cancel}
          </Button>
        </div>
      )}
      {ended !== '' && <p aria-hidden="true">{ended}</p>}
      {refused !== null && (
        <div role="alert">
          <Wrong>{refused}</Wrong>
        </div>
      )}
      {value && (
        <>
          <OwnSwatchPicture swatch={value} />
          <Name key={value.own} value={value.name} onValue={(name) => onValue({ ...value, name })} />
          <Amount
            label={looks.across}
            value={value.across}
            onValue={(across) => onValue({ ...value, across })}
            unit={unit === 'cm' ? words.board.view.cm : words.board.view.inch}
            per={per}
            min={OWN_SWATCH.min}
            max={OWN_SWATCH.max}
            step={per}
          />
          {sheet?.scale === 'assumed' && <p className={css.approximate}>{looks.approximate}</p>}
        </>
      )}
    </fieldset>
  )
}
