export function Mark({ size = 28 }: { readonly size?: number }) {
  return (
    <svg
      viewBox="0 0 32 32"
      width={size}
      height={size}
      aria-hidden="true"
      color="var(--mantine-primary-color-filled)"
      style={{ flex: "none" }}
    >
      <path d="M16 2 30 16 16 30 2 16Z" fill="none" stroke="currentColor" strokeWidth="2.5" />
      <path d="M16 9 23 16 16 23 9 16Z" fill="currentColor" />
    </svg>
  );
}
