/** The woven diamond. */
export function Mark({ size = 24 }: { readonly size?: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true">
      <g fill="none" stroke="var(--mantine-color-kilim-6)" strokeWidth="3">
        <path d="M16 2 30 16 16 30 2 16Z" />
        <path d="M16 9 23 16 16 23 9 16Z" />
      </g>
      <path fill="var(--mantine-color-kilim-6)" d="M16 13.2 18.8 16 16 18.8 13.2 16Z" />
    </svg>
  );
}
