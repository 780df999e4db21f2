/** A cross-stitch, two stitches one over the other, that is a spark as well: *puntada* means both. */
export const Logo = ({ size = 32, className }: { size?: number; className?: string | undefined }) => (
  <svg
    className={className}
    width={size}
    height={size}
    viewBox="0 0 32 32"
    fill="none"
    aria-hidden="true"
    focusable="false"
  >
    <path d="M8 24 12.9 19.1M19.1 12.9 24 8" stroke="currentColor" strokeWidth="4" strokeLinecap="round" />
    <path d="M8 8 24 24" stroke="#a82a5f" strokeWidth="4" strokeLinecap="round" />
    <path d="M16 2.5v4M16 25.5v4M2.5 16h4M25.5 16h4" stroke="#c98712" strokeWidth="2.5" strokeLinecap="round" />
  </svg>
)
