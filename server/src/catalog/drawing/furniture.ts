import type { Palette } from "./palette.ts";

/** Furniture from the front, standing on the floor line at 330; 400 × 400. */
export const furniture = {
  sofa: (p: Palette) => `
<path d="M72 312h14l-4 22H74ZM328 312h-14l4 22h8Z" fill="${p.woodDark}"/>
<rect x="66" y="148" width="268" height="130" rx="22" fill="${p.dark}"/>
<rect x="80" y="160" width="118" height="100" rx="16" fill="${p.fill}"/><rect x="202" y="160" width="118" height="100" rx="16" fill="${p.fill}"/>
<rect x="74" y="240" width="252" height="74" rx="10" fill="${p.dark}"/>
<rect x="84" y="232" width="115" height="48" rx="14" fill="${p.light}"/><rect x="201" y="232" width="115" height="48" rx="14" fill="${p.light}"/>
<rect x="38" y="204" width="54" height="112" rx="20" fill="${p.fill}"/><rect x="308" y="204" width="54" height="112" rx="20" fill="${p.fill}"/>
<path d="m106 186 44-10 10 46-44 10Z" fill="#f3e3c3"/><path d="m128 188 10 10-4 14-14 2-6-14Z" fill="${p.deep}" opacity=".5"/>`,

  armchair: (p: Palette) => `
<path d="M116 304h16l-10 34h-8ZM284 304h-16l10 34h8Z" fill="${p.woodDark}"/>
<rect x="112" y="110" width="176" height="178" rx="44" fill="${p.dark}"/><rect x="126" y="124" width="148" height="130" rx="34" fill="${p.fill}"/>
<rect x="118" y="248" width="164" height="60" rx="10" fill="${p.dark}"/><rect x="128" y="232" width="144" height="50" rx="18" fill="${p.light}"/>
<rect x="88" y="196" width="50" height="114" rx="22" fill="${p.fill}"/><rect x="262" y="196" width="50" height="114" rx="22" fill="${p.fill}"/>`,

  chair: (p: Palette) => `
<path d="M142 84h14v254h-14ZM244 84h14v254h-14Z" fill="${p.woodDark}"/>
<path d="M120 236h16l-8 102h-14ZM280 236h-16l8 102h14Z" fill="${p.wood}"/>
<rect x="136" y="84" width="128" height="84" rx="22" fill="${p.fill}"/><path d="M152 112h96M152 136h96" stroke="${p.dark}" stroke-width="4" opacity=".5" stroke-linecap="round"/>
<path d="M138 214h124l26 26q0 14-14 14H126q-14 0-14-14Z" fill="${p.fill}"/><path d="M112 240h176q0 14-14 14H126q-14 0-14-14Z" fill="${p.dark}"/>`,

  stool: (p: Palette) => `
<path d="M144 204h16l-26 134h-14ZM256 204h-16l26 134h14ZM192 204h16v134h-16Z" fill="${p.wood}"/><path d="M138 280h124" stroke="${p.woodDark}" stroke-width="9"/>
<rect x="116" y="168" width="168" height="46" rx="22" fill="${p.fill}"/><path d="M118 198h164q-4 16-22 16H140q-18 0-22-16Z" fill="${p.dark}"/>`,

  table: (p: Palette) => `
<path d="M70 206h20l-8 132H68ZM330 206h-20l8 132h14Z" fill="${p.dark}"/><path d="M112 206h14l-4 104h-10ZM288 206h-14l4 104h10Z" fill="${p.deep}"/>
<path d="M66 176h268l34 24H32Z" fill="${p.light}"/><rect x="32" y="198" width="336" height="20" rx="4" fill="${p.fill}"/>
<path d="M110 186h120M180 192h120" stroke="${p.dark}" stroke-width="2" opacity=".5"/>
<path d="M182 150h36l-4 32h-28Z" fill="#f3e3c3"/><path d="M200 150c-4-30-24-34-30-44 20 0 30 14 32 30 4-18 14-28 30-28-4 20-20 22-28 42Z" fill="#6f8f5f"/>`,

  coffeetable: (p: Palette) => `
<path d="M112 246h14l-22 92h-12ZM288 246h-14l22 92h12ZM194 258h12v80h-12Z" fill="${p.woodDark}"/>
<ellipse cx="200" cy="246" rx="142" ry="32" fill="${p.dark}"/><ellipse cx="200" cy="236" rx="142" ry="32" fill="${p.fill}"/><ellipse cx="200" cy="234" rx="112" ry="22" fill="${p.light}" opacity=".45"/>
<path d="M152 214h66l8 12h-82Z" fill="#d8c3a5"/><path d="M146 226h80v6h-80Z" fill="#a56a43"/><path d="M248 204h30v22q-15 8-30 0Z" fill="#fbf8f2"/><path d="M278 210q12 0 6 12h-8" stroke="#fbf8f2" stroke-width="5" fill="none"/>`,

  bed: (p: Palette) => `
<path d="M60 300h14v36H62ZM340 300h-14v36h12Z" fill="${p.woodDark}"/>
<rect x="56" y="120" width="288" height="130" rx="20" fill="${p.dark}"/><path d="M128 130v110M200 130v110M272 130v110" stroke="${p.deep}" stroke-width="3" opacity=".5"/>
<rect x="84" y="186" width="104" height="62" rx="20" fill="#fdfbf6"/><rect x="212" y="186" width="104" height="62" rx="20" fill="#fdfbf6"/>
<rect x="56" y="232" width="288" height="78" rx="16" fill="#f0e8da"/><path d="M50 252q0-10 12-10h276q12 0 12 10v54q0 12-12 12H62q-12 0-12-12Z" fill="${p.fill}"/><path d="M50 252q0-10 12-10h276q12 0 12 10v8H50Z" fill="${p.light}"/>`,

  wardrobe: (p: Palette) => `
<path d="M98 322h16v18h-16ZM286 322h16v18h-16Z" fill="${p.woodDark}"/><rect x="88" y="56" width="224" height="272" rx="8" fill="${p.dark}"/>
<rect x="98" y="68" width="98" height="248" rx="4" fill="${p.fill}"/><rect x="204" y="68" width="98" height="248" rx="4" fill="${p.fill}"/>
<rect x="110" y="82" width="74" height="104" rx="3" fill="${p.light}" opacity=".5"/><rect x="216" y="82" width="74" height="104" rx="3" fill="${p.light}" opacity=".5"/>
<rect x="110" y="200" width="74" height="104" rx="3" fill="${p.light}" opacity=".5"/><rect x="216" y="200" width="74" height="104" rx="3" fill="${p.light}" opacity=".5"/><path d="M190 178v36M210 178v36" stroke="#d9a441" stroke-width="6" stroke-linecap="round"/>`,

  sideboard: (p: Palette) => `
<path d="M70 288h16l-8 50H68ZM330 288h-16l8 50h10Z" fill="${p.woodDark}"/><rect x="44" y="176" width="312" height="118" rx="10" fill="${p.dark}"/>
<rect x="56" y="188" width="92" height="94" rx="4" fill="${p.fill}"/><rect x="154" y="188" width="92" height="44" rx="4" fill="${p.light}"/><rect x="154" y="238" width="92" height="44" rx="4" fill="${p.light}"/><rect x="252" y="188" width="92" height="94" rx="4" fill="${p.fill}"/>
<g fill="${p.deep}"><circle cx="136" cy="236" r="5"/><circle cx="264" cy="236" r="5"/><circle cx="200" cy="210" r="5"/><circle cx="200" cy="260" r="5"/></g>
<path d="M84 130q18-10 36 0l-4 46H88Z" fill="#c8734f"/><path d="M102 128c-2-26-20-30-22-44 18 4 24 16 24 28 2-14 10-24 24-26-2 18-18 22-22 42Z" fill="#6f8f5f"/><rect x="262" y="132" width="54" height="44" rx="3" fill="#fbf8f2" stroke="${p.woodDark}" stroke-width="5"/>`,

  shelf: (p: Palette) => `
<rect x="96" y="56" width="208" height="282" rx="6" fill="${p.fill}"/><path d="M108 68h184v54H108ZM108 132h184v58H108ZM108 200h184v58H108ZM108 268h184v58H108Z" fill="${p.deep}" opacity=".62"/>
<path d="M120 78h12v44h-12ZM136 84h14v38h-14ZM218 132m0 0" fill="#e8c27a"/><path d="M154 74h10v48h-10ZM126 144h12v46h-12ZM220 214h14v44h-14Z" fill="#c8734f"/><path d="M142 150h12v40h-12ZM238 208h10v50h-10ZM168 88h16v34h-16Z" fill="#f3e3c3"/><path d="M252 218h14v40h-14ZM158 140h10v50h-10Z" fill="#7d9c8a"/>
<path d="M228 158h38l-6 32h-26Z" fill="#f3e3c3"/><path d="M247 158c-16-4-22-12-20-20 12 0 18 8 20 14 2-8 10-14 20-14 2 10-6 18-20 20Z" fill="#6f8f5f"/><circle cx="240" cy="106" r="16" fill="#d9a441"/><path d="M128 232h60v26h-60ZM130 296h62v30h-62ZM212 290h60v36h-60Z" fill="#d8c3a5"/>`,

  desk: (p: Palette) => `
<path d="M60 210h14v128H60ZM326 210h14v128h-14Z" fill="${p.woodDark}"/><rect x="232" y="214" width="98" height="86" rx="4" fill="${p.dark}"/><rect x="240" y="220" width="82" height="34" rx="3" fill="${p.light}"/><rect x="240" y="260" width="82" height="34" rx="3" fill="${p.light}"/><path d="M270 237h22M270 277h22" stroke="${p.deep}" stroke-width="5" stroke-linecap="round"/>
<rect x="40" y="194" width="320" height="22" rx="5" fill="${p.fill}"/><rect x="104" y="120" width="104" height="62" rx="6" fill="#3d3a37"/><rect x="110" y="126" width="92" height="50" rx="3" fill="#cfe0e6"/><path d="M92 184h128l6 10H86Z" fill="#77716a"/>
<path d="M300 194v-62l-30-24" stroke="${p.deep}" stroke-width="6" fill="none" stroke-linejoin="round"/><path d="m252 118 30-28 8 28Z" fill="#d9a441"/>`,

  mirror: (p: Palette) => `
<path d="M112 338V168c0-118 176-118 176 0v170Z" fill="${p.fill}"/><path d="M128 324V170c0-96 144-96 144 0v154Z" fill="#dcebef"/><path d="M128 260 244 112c18 14 28 34 28 58v10L138 324h-10Z" fill="#fff" opacity=".45"/>`,
} as const;
