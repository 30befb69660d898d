/** For what has neither photo nor drawing: a diamond of the loom. */
export function drawPlaceholder(hex: string): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" width="800" height="800" role="img">`,
    `<rect width="400" height="400" fill="#f3eee5"/>`,
    `<path d="M200 110l90 90-90 90-90-90z" fill="none" stroke="${hex}" stroke-width="18" stroke-linejoin="round"/>`,
    `<path d="M200 165l35 35-35 35-35-35z" fill="${hex}"/>`,
    "</svg>",
  ].join("");
}
