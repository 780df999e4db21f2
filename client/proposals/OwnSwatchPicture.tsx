import { useEffect, useRef } from 'react'
import type { OwnSwatch } from '../../shared/pattern/swatches.ts'
import { Button } from '../design/Button.tsx'
import { Wrong } from '../design/Fields.tsx'
import ui from '../design/ui.module.css'
import { useDesk } from '../panels/desk.ts'
import { useWatched } from '../panels/watch.ts'
import { useWords } from '../words/words.ts'
import { useWorkshopWords } from '../words/workshop/words.ts'
import css from './proposals.module.css'

/**
 * A swatch that somebody brought, drawn from memory: no address of it is left in the page.
 *
 * @param named its name stands beside it: the picture is decorative.
 */
export const OwnSwatchPicture = ({ swatch: { own, name }, named }: { swatch: OwnSwatch; named?: boolean }) => {
  const words = useWords()
  const { looks } = useWorkshopWords()
  const { swatches } = useDesk()
  const picture = useWatched(swatches.state).get(own)
  const canvas = useRef<HTMLCanvasElement>(null)
  const bitmap = picture?.is === 'here' ? picture.bitmap : null
  // One that was let go of to make room is asked for again.
  useEffect(() => {
    if (!picture) swatches.want(own)
  }, [swatches, own, picture])
  useEffect(() => {
    if (bitmap) canvas.current?.getContext('2d')?.drawImage(bitmap, 0, 0)
  }, [bitmap])
  if (picture?.is === 'lost' && !named)
    return (
      <div>
        <Wrong>{looks.lost}</Wrong>
        <Button small onClick={() => swatches.retry(own)}>
          {words.app.retry}
        </Button>
      </div>
    )
  if (!bitmap) return named ? null : <p className={ui.hint}>{looks.coming}</p>
  return (
    <canvas
      ref={canvas}
      width={bitmap.width}
      height={bitmap.height}
      {...(named ? { 'aria-hidden': true } : { role: 'img', 'aria-label': name })}
      className={css.ownPicture}
    />
  )
}
