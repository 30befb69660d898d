import { mix, type Palette } from "./palette.ts";

/** Light, cloth and small things for the home; 400 × 400. */
export const home = {
  floorlamp: (p: Palette) => `
<path d="M128 152 70 330h260l-58-178Z" fill="#ffe9b0" opacity=".45"/>
<path d="m198 152-56 186h14l44-146 44 146h14l-56-186Z" fill="${p.woodDark}"/><path d="M194 150h12v150h-12Z" fill="${p.wood}"/>
<path d="M148 62h104l30 92H118Z" fill="${p.fill}"/><path d="M118 154h164l-4-12H122Z" fill="${p.dark}"/>`,

  tablelamp: (p: Palette) => `
<path d="M108 196 60 326h280l-48-130Z" fill="#ffe9b0" opacity=".45"/>
<path d="M188 196h24v30c46 14 54 84 22 104h-68c-32-20-24-90 22-104Z" fill="${p.dark}"/><path d="M178 246c-14 12-18 40-10 60" stroke="${p.light}" stroke-width="7" fill="none" stroke-linecap="round" opacity=".6"/><rect x="152" y="324" width="96" height="14" rx="6" fill="${p.deep}"/>
<path d="M140 84h120l36 114H104Z" fill="${p.fill}"/><path d="M104 198h192l-4-12H108Z" fill="${p.dark}"/>`,

  pendant: (p: Palette) => `
<path d="M100 230 40 350h320l-60-120Z" fill="#ffe9b0" opacity=".5"/><path d="M197 30h6v92h-6Z" fill="${p.deep}"/><rect x="184" y="108" width="32" height="24" rx="6" fill="#d9a441"/>
<path d="M92 232c4-66 48-106 108-106s104 40 108 106Z" fill="${p.fill}"/><path d="M92 232h216v10H92Z" fill="${p.deep}"/><circle cx="200" cy="246" r="22" fill="#fff4d2"/>`,

  rug: (p: Palette) => {
    const sand = mix(p.base, "#f3e3c3", 0.82);
    const row = (y: number) =>
      [0, 1, 2]
        .map((i) => {
          const x = 104 + i * 64;
          return `<path d="M${x + 32} ${y} ${x + 62} ${y + 30} ${x + 32} ${y + 60} ${x + 2} ${y + 30}Z" fill="${p.deep}"/><path d="M${x + 32} ${y + 12}l18 18-18 18-18-18Z" fill="${sand}"/><path d="M${x + 32} ${y + 22}l8 8-8 8-8-8Z" fill="#c8734f"/>`;
        })
        .join("");
    const fringe = Array.from({ length: 19 }, (_, i) => `M${92 + i * 12} 34v16M${92 + i * 12} 350v16`).join("");
    return `<path d="${fringe}" stroke="${sand}" stroke-width="4" stroke-linecap="round"/>
<rect x="82" y="48" width="236" height="304" fill="${p.base}"/><path d="M92 58h216v284H92Z" fill="none" stroke="${sand}" stroke-width="5"/>
<path d="M100 76h200v12H100ZM100 312h200v12H100Z" fill="${p.dark}"/><path d="${Array.from({ length: 10 }, (_, i) => `M${102 + i * 20} 88l10-12 10 12ZM${102 + i * 20} 312l10 12 10-12Z`).join("")}" fill="${sand}"/>
${row(100)}${row(170)}${row(240)}`;
  },

  cushion: (p: Palette) => `
<path d="M92 102c60 14 156 14 216 0 16-4 24 8 20 20-16 56-16 110 0 162 4 14-6 22-20 18-60-14-156-14-216 0-14 4-24-6-20-18 16-52 16-106 0-162-4-12 4-24 20-20Z" fill="${p.fill}"/>
<path d="M92 102c60 14 156 14 216 0 16-4 24 8 20 20-16 56-16 110 0 162 4 14-6 22-20 18-60-14-156-14-216 0-14 4-24-6-20-18 16-52 16-106 0-162-4-12 4-24 20-20Z" fill="none" stroke="${p.dark}" stroke-width="6"/>
<path d="M104 120c14 8 22 14 30 24M296 120c-14 8-22 14-30 24M104 286c14-6 22-12 30-22M296 286c-14-6-22-12-30-22" stroke="${p.deep}" stroke-width="4" opacity=".5" fill="none" stroke-linecap="round"/>`,

  throw: (p: Palette) => `
<path d="M86 112q114-34 228 0v168q-114 34-228 0Z" fill="${p.fill}"/><path d="M86 168q114 34 228 0v14q-114 34-228 0Z" fill="${p.dark}" opacity=".6"/><path d="M86 224q114 34 228 0v14q-114 34-228 0Z" fill="${p.dark}" opacity=".6"/>
<path d="${Array.from({ length: 15 }, (_, i) => `M${94 + i * 15} ${Math.round(284 + Math.sin((i / 14) * Math.PI) * 16)}v28`).join("")}" stroke="${p.base}" stroke-width="6" stroke-linecap="round"/>`,

  vase: (p: Palette) => `
<path d="M200 150c-4-40-30-60-52-66 4 34 24 52 48 72M204 150c2-52 26-78 54-86 0 40-20 62-50 92" fill="#6f8f5f"/><path d="M198 156c-2-40 0-72 6-104" stroke="#557048" stroke-width="5" fill="none"/><circle cx="204" cy="50" r="15" fill="#e8c27a"/>
<path d="M168 146h64q4 24-4 36c56 26 64 110 20 154h-96c-44-44-36-128 20-154q-8-12-4-36Z" fill="${p.fill}"/><path d="M166 146h68v12h-68Z" fill="${p.dark}"/><path d="M150 220c-14 26-14 56-2 82" stroke="${p.light}" stroke-width="8" fill="none" stroke-linecap="round" opacity=".7"/>`,

  plantpot: (p: Palette) => `
<path d="M200 240c-60-20-84-74-76-124 46 14 74 52 76 104 2-62 30-110 82-128 8 62-20 118-74 148Z" fill="#6f8f5f"/><path d="M200 240c-16-60-14-116 4-172 26 52 24 116 4 172Z" fill="#86a873"/>
<path d="M128 230h144l-18 102q-2 8-12 8h-84q-10 0-12-8Z" fill="${p.fill}"/><path d="M120 220h160v30H120Z" fill="${p.dark}"/>`,
} as const;
