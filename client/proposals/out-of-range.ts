/**
 * Takes the hand to the first number that is typed beyond its range: what it stands for is still the number before it.
 *
 * @returns whether there is one.
 */
export const goToOutOfRange = (within: Element | null): boolean => {
  const field = within?.querySelector<HTMLElement>('input[aria-invalid="true"]')
  field?.focus()
  return !!field
}
