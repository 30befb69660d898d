import { Resvg } from "@resvg/resvg-js";
import qrcode from "qrcode-generator";

/** Rows of dark and light modules; error correction M, as small as the text allows. */
export function qrModules(text: string): boolean[][] {
  const code = qrcode(0, "M");
  code.addData(text);
  code.make();
  const size = code.getModuleCount();
  return Array.from({ length: size }, (_, y) => Array.from({ length: size }, (__, x) => code.isDark(y, x)));
}

/** The margin that scanners need around it, in modules. */
const QUIET = 4;

/** A black and white picture; mail programs show PNG alone. */
export function qrPng(text: string, width = 320): Buffer {
  const modules = qrModules(text);
  const side = modules.length + 2 * QUIET;
  const path = modules.flatMap((row, y) =>
    row.flatMap((dark, x) => (dark ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : [])),
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><rect width="${side}" height="${side}" fill="#fff"/><path d="${path.join("")}"/></svg>`;
  return new Resvg(svg, { fitTo: { mode: "width", value: width } }).render().asPng();
}
