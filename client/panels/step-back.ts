/** The control goes with what it takes away: whoever stood on it goes on in its panel. */
export const stepBack = (control: Element): void => control.closest<HTMLElement>('[role="tabpanel"]')?.focus()
