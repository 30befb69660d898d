import styles from "./hero.module.css";

const RINGS = [
  { half: 100, color: "#e9b44c" },
  { half: 80, color: "#f4e6cf" },
  { half: 60, color: "#2f5d62" },
  { half: 40, color: "#f4e6cf" },
  { half: 20, color: "#d9643a" },
];
const CORNERS = [
  [0, 0],
  [160, 0],
  [0, 240],
  [160, 240],
] as const;

/** A kilim drawn from one motif: stepped diamonds, as on the loom, where every slope is a staircase. */
export function Weave() {
  return (
    <svg className={styles.weave} aria-hidden="true" preserveAspectRatio="xMaxYMid slice" viewBox="0 0 800 480">
      <defs>
        <pattern id="weave" width="160" height="240" patternUnits="userSpaceOnUse">
          <rect width="160" height="240" fill="#7e1f1b" />
          {RINGS.map(({ half, color }) => (
            <path key={half} d={steppedDiamond(80, 120, half)} fill={color} />
          ))}
          {CORNERS.map(([x, y]) => (
            <g key={`${x} ${y}`}>
              <path d={steppedDiamond(x, y, 40)} fill="#2f5d62" />
              <path d={steppedDiamond(x, y, 20)} fill="#e9b44c" />
            </g>
          ))}
        </pattern>
        <linearGradient id="fade" x1="0" x2="1">
          <stop offset="0.25" stopColor="#000" />
          <stop offset="0.8" stopColor="#fff" />
        </linearGradient>
        <mask id="toward-words">
          <rect width="800" height="480" fill="url(#fade)" />
        </mask>
      </defs>
      <rect width="800" height="480" fill="url(#weave)" mask="url(#toward-words)" />
    </svg>
  );
}

const STEP = 10;

/** Half as wide as high steps of 10, symmetric about its middle. */
function steppedDiamond(x: number, y: number, half: number): string {
  const rows: string[] = [];
  for (let offset = -half; offset < half; offset += STEP) {
    const width = Math.max(STEP, (half - Math.abs(offset + STEP / 2)) * 0.75);
    const snapped = Math.ceil(width / STEP) * STEP;
    rows.push(`M${x - snapped} ${y + offset}h${snapped * 2}v${STEP}h${-snapped * 2}z`);
  }
  return rows.join("");
}
