import styles from "./header.module.css";

export function Logo() {
  return (
    <span className={styles.logo}>
      <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
        <path d="M16 2 30 16 16 30 2 16Z" fill="none" stroke="currentColor" strokeWidth="2.5" />
        <path d="M16 9 23 16 16 23 9 16Z" fill="currentColor" />
      </svg>
      Dokuma
    </span>
  );
}
