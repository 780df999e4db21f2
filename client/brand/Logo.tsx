/** Two stitches that cross where the idea strikes: a seam in thread, and a spark at its end. */
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
    <path d="M3 24.5h5M11.5 24.5h5" stroke="currentColor" strokeWidth="3" strokeLinecap="round" />
    <path d="M17.5 20.5 27 11" stroke="#a82a5f" strokeWidth="3" strokeLinecap="round" />
    <path d="M21.5 3.5v4M12.5 12.5h4M14.5 5.5l2.8 2.8" stroke="#c98712" strokeWidth="2.5" strokeLinecap="round" />
    <path d="M24.2 13.8l-1.4-1.4" stroke="#ffffff" strokeWidth="1.2" strokeLinecap="round" />
  </svg>
)
