import type { Palette } from "./palette.ts";

/** Shoes from the side, bags from the front; 400 × 400. */
export const shoesAndBags = {
  sneaker: (p: Palette) => `
<path d="M56 262c-2 30 6 36 28 36h232c28 0 36-14 30-38Z" fill="#fbf8f2" stroke="${p.deep}" stroke-width="3"/>
<path d="M60 264 66 178c2-12 14-18 26-12 18 20 46 20 66 0l14-4c28 42 58 58 96 64 50 8 76 16 78 38Z" fill="${p.fill}"/>
<path d="M282 230c40 6 62 14 64 34h-76c-2-14 4-26 12-34Z" fill="${p.light}"/>
<path d="M60 264 66 178c2-12 14-18 26-12l8 8-4 90Z" fill="${p.dark}"/>
<path d="M120 264c10-34 36-54 70-56l12 12c-30 8-46 22-52 44Z" fill="#fbf8f2"/>
<g stroke="#fbf8f2" stroke-width="7" stroke-linecap="round"><path d="m176 186 24-14M196 204l24-16M220 218l20-18M244 228l16-20"/></g>
<path d="M62 276h286" stroke="${p.base}" stroke-width="5"/>`,

  boots: (p: Palette) => `
<path d="M112 66h92l2 130c14 24 62 30 92 44 28 12 34 30 32 50H104c-4-70 8-140 8-224Z" fill="${p.fill}"/>
<path d="M100 286h232v14q0 8-8 8H172l-6-8h-2v16h-60q-6 0-6-8Z" fill="${p.deep}"/>
<path d="M110 66h96v22h-96Z" fill="${p.dark}"/>
<path d="M132 96v176" stroke="${p.dark}" stroke-width="5" stroke-dasharray="3 4"/>
<path d="M206 196c-12 10-26 14-44 14M296 240c-10 14-12 30-10 46" stroke="${p.dark}" stroke-width="4" fill="none"/>`,

  heels: (p: Palette) => `
<path d="M66 136c14 48 46 76 92 94 58 22 128 26 172 42 20 8 22 24 8 24H232c-46 0-80-22-122-54l-10 60H86l-2-74c-14-30-22-62-18-92Z" fill="${p.fill}"/>
<path d="M110 242c42 32 76 54 122 54h106q8-2 8-10c-60 6-150 0-240-84Z" fill="${p.deep}"/>
<path d="M66 136c14 48 46 76 92 94 22 8 46 14 70 18-30-22-54-30-80-50-32-24-60-44-82-62Z" fill="${p.dark}"/>
<circle cx="256" cy="262" r="9" fill="#d9a441"/>`,

  loafers: (p: Palette) => `
<path d="M56 270v16q0 10 12 10h264q16 0 14-22l-4-8Z" fill="${p.deep}"/>
<path d="M60 272 66 196c4-14 20-16 30-8 22 12 46 8 66-10 30 36 66 46 112 54 46 6 74 18 70 40Z" fill="${p.fill}"/>
<path d="M60 272 66 196c4-14 20-16 30-8 22 12 46 8 66-10l10 12c-26 28-58 34-90 20l-4 62Z" fill="${p.dark}"/>
<path d="M158 180c-8 30-10 60-8 92h52c-4-28 2-52 14-70Z" fill="${p.light}"/><path d="M168 224h32v18h-34Z" fill="${p.deep}"/>
<path d="M216 232c30 6 66 10 92 20" stroke="${p.dark}" stroke-width="4" fill="none"/>`,

  sandals: (p: Palette) => `
<path d="M54 276c-2 14 2 22 16 22h258c18 0 22-14 16-26-60-14-120 8-172 0-44-8-84-12-118 4Z" fill="${p.woodDark}"/>
<path d="M54 272c36-14 74-12 118-4 52 8 112-14 172 0l2 8c-60-12-120 8-174 2-44-8-84-10-118 2Z" fill="${p.wood}"/>
<path d="M206 272c6-44 34-72 74-78 18 20 28 46 30 76l-24 2c-4-22-10-36-20-46-18 8-30 24-34 46Z" fill="${p.fill}"/>
<path d="M70 264c0-60 10-98 34-112l84 46-8 18-70-34c-12 14-18 40-18 82Z" fill="${p.fill}"/>
<circle cx="172" cy="202" r="9" fill="none" stroke="#d9a441" stroke-width="5"/>`,

  bag: (p: Palette) => `
<path d="M142 168c0-88 116-88 116 0" fill="none" stroke="${p.deep}" stroke-width="13"/>
<path d="M104 158h192l26 156q2 16-14 16H92q-16 0-14-16Z" fill="${p.fill}"/>
<path d="M104 158h192l10 60c-56 34-156 34-212 0Z" fill="${p.dark}"/>
<rect x="182" y="228" width="36" height="30" rx="6" fill="#d9a441"/><circle cx="200" cy="243" r="5" fill="${p.deep}"/>
<path d="M88 306h224" stroke="${p.deep}" stroke-width="3" stroke-dasharray="8 6" opacity=".6"/>`,

  backpack: (p: Palette) => `
<path d="M168 84c0-38 64-38 64 0" fill="none" stroke="${p.deep}" stroke-width="12"/>
<path d="M96 200h26v110H108q-12 0-12-12ZM304 200h-26v110h14q12 0 12-12Z" fill="${p.dark}"/>
<path d="M116 160c0-52 30-84 84-84s84 32 84 84v152q0 20-20 20H136q-20 0-20-20Z" fill="${p.fill}"/>
<path d="M116 160c0-52 30-84 84-84s84 32 84 84v20c-50 22-118 22-168 0Z" fill="${p.dark}"/>
<path d="M142 226h116v84q0 8-8 8H150q-8 0-8-8Z" fill="${p.light}" opacity=".6"/><path d="M142 246h116" stroke="${p.deep}" stroke-width="5"/>
<rect x="190" y="170" width="20" height="40" rx="4" fill="${p.wood}"/>`,
} as const;
