import type { ComponentProps } from 'react'
import { Icon, type IconName } from '../brand/icons.tsx'
import css from './ui.module.css'

export interface ButtonLook {
  readonly look?: 'plain' | 'primary' | 'quiet' | 'danger'
  readonly small?: boolean
  readonly wide?: boolean
  readonly icon?: IconName
  /** The text is read aloud and shown as a tooltip, not drawn. */
  readonly iconOnly?: boolean
}

export const buttonClass = ({ look = 'plain', small, wide, iconOnly }: ButtonLook, pressed = false): string =>
  [
    css.button,
    look !== 'plain' && css[look],
    small && css.small,
    wide && css.wide,
    iconOnly && css.iconOnly,
    pressed && css.pressed,
  ]
    .filter(Boolean)
    .join(' ')

type Props = ButtonLook & Omit<ComponentProps<'button'>, 'children'> & { readonly children: string }

/** A button of the platform; `aria-pressed` draws it as held down. */
export const Button = ({ look, small, wide, icon, iconOnly, children, className, ...rest }: Props) => (
  <button
    type="button"
    {...rest}
    className={`${buttonClass({ ...(look && { look }), small: !!small, wide: !!wide, iconOnly: !!iconOnly }, rest['aria-pressed'] === true)} ${className ?? ''}`}
    {...(iconOnly ? { 'aria-label': rest['aria-label'] ?? children, title: rest.title ?? children } : {})}
  >
    {icon && <Icon name={icon} />}
    {iconOnly ? null : children}
  </button>
)

/** One of several small things that can be done: an icon and a word. */
export const Act = (props: Omit<Props, 'small'>) => <Button small look="quiet" {...props} />
