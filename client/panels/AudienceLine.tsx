import { Icon } from '../brand/icons.tsx'
import css from './panels.module.css'
import { useAudienceLine } from './useBoardWords.ts'

/** Who will read it, said where one writes. */
export const AudienceLine = () => {
  const audience = useAudienceLine()
  return (
    <p className={css.audienceLine}>
      <Icon name="eye" />
      {audience}
    </p>
  )
}
