import { writeFile } from "node:fs/promises";

const WIDTH = 640;
const HEIGHT = 480;
/** Pixels of the narrowest bar. */
const MODULE = 4;
const PAPER = 235;
const INK = 16;

const LEFT_ODD = "0001101 0011001 0010011 0111101 0100011 0110001 0101111 0111011 0110111 0001011".split(" ");
const PARITY = "OOOOOO OOEOEE OOEEOE OOEEEO OEOOEE OEEOOE OEEEOO OEOEOE OEOEEO OEEOEO".split(" ");

const inverted = (bits: string) => [...bits].map((bit) => (bit === "1" ? "0" : "1")).join("");
const reversed = (bits: string) => [...bits].reverse().join("");

/** The 95 modules of an EAN-13. */
export function ean13(code: string): string {
  const digits = [...code].map(Number);
  const parity = PARITY[digits[0] ?? 0] ?? "";
  const left = digits.slice(1, 7).map((digit, i) => {
    const odd = LEFT_ODD[digit] ?? "";
    return parity[i] === "O" ? odd : reversed(inverted(odd));
  });
  const right = digits.slice(7).map((digit) => inverted(LEFT_ODD[digit] ?? ""));
  return ["101", ...left, "01010", ...right, "101"].join("");
}

/** A film of a barcode on white paper, and the flags with which Chromium takes it for what its camera sees. */
export async function filmBarcode(file: string, code: string): Promise<string[]> {
  const bars = ean13(code);
  const from = Math.round((WIDTH - bars.length * MODULE) / 2);
  const luma = Buffer.alloc(WIDTH * HEIGHT, PAPER);
  for (let y = HEIGHT / 4; y < (HEIGHT * 3) / 4; y++)
    for (let i = 0; i < bars.length; i++)
      if (bars[i] === "1") luma.fill(INK, y * WIDTH + from + i * MODULE, y * WIDTH + from + (i + 1) * MODULE);
  const grey = Buffer.alloc((WIDTH * HEIGHT) / 2, 128);
  const frame = Buffer.concat([Buffer.from("FRAME\n"), luma, grey]);
  const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`);
  await writeFile(file, Buffer.concat([head, frame, frame]));
  return [
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    `--use-file-for-fake-video-capture=${file}`,
  ];
}
