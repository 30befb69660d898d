import type { Palette } from "./palette.ts";

/** Clothes seen from the front, as they would hang; 400 × 400. */
export const clothes = {
  dress: (p: Palette) => `
<path d="M156 66l14-4c4 40 56 40 60 0l14 4c-2 28 8 56 4 88l44 170c-56 22-128 22-184 0l44-170c-4-32 6-60 4-88Z" fill="${p.fill}"/>
<path d="M152 152h96l5 20H147Z" fill="${p.dark}"/>
<path d="M170 180 150 332M200 180v160M230 180l20 152" stroke="${p.dark}" stroke-width="3" fill="none" opacity=".45" stroke-linecap="round"/>
<path d="M170 62c4 40 56 40 60 0" fill="none" stroke="${p.dark}" stroke-width="4"/>`,

  shirt: (p: Palette) => `
<path d="M152 84 104 106 62 262l38 12 30-94v144h140V180l30 94 38-12-42-156-48-22Z" fill="${p.fill}"/>
<path d="m62 262 38 12 4-14-38-12ZM338 262l-38 12-4-14 38-12Z" fill="${p.dark}"/>
<path d="m152 84 18-12 30 30 30-30 18 12-20 42-28-24-28 24Z" fill="${p.light}" stroke="${p.dark}" stroke-width="2" stroke-linejoin="round"/>
<path d="M193 104h14v220h-14Z" fill="${p.dark}" opacity=".25"/>
<g fill="${p.deep}"><circle cx="200" cy="140" r="4"/><circle cx="200" cy="178" r="4"/><circle cx="200" cy="216" r="4"/><circle cx="200" cy="254" r="4"/><circle cx="200" cy="292" r="4"/></g>
<path d="M222 168h32v32q-16 10-32 0Z" fill="none" stroke="${p.dark}" stroke-width="3"/>`,

  tshirt: (p: Palette) => `
<path d="M154 86 106 106 70 182l42 22 20-30v148h136V174l20 30 42-22-36-76-48-20c-10 34-82 34-92 0Z" fill="${p.fill}"/>
<path d="M154 86c10 34 82 34 92 0" fill="none" stroke="${p.dark}" stroke-width="9"/>
<path d="m74 174 42 22M326 174l-42 22M132 312h136" stroke="${p.dark}" stroke-width="3" opacity=".6"/>`,

  sweater: (p: Palette) => `
<path d="M156 84 112 102 64 292l44 12 26-104v116h132V200l26 104 44-12-48-190-44-18c-8 26-80 26-88 0Z" fill="${p.fill}"/>
<path d="M134 296h132v26H134ZM60 282l44 12-6 24-44-12ZM340 282l-44 12 6 24 44-12Z" fill="${p.dark}"/>
<path d="M152 84c12 36 84 36 96 0l-12-8c-10 20-62 20-72 0Z" fill="${p.dark}"/>
<g stroke="${p.deep}" stroke-width="2" opacity=".4"><path d="M150 298v22M168 298v22M186 298v22M204 298v22M222 298v22M240 298v22M256 298v22"/></g>`,

  trousers: (p: Palette) => `
<path d="M140 66h120l18 272h-58l-20-178-20 178h-58Z" fill="${p.fill}"/>
<path d="M140 66h120l2 22H138Z" fill="${p.dark}"/>
<path d="M200 88v44M160 104l-10 224M240 104l10 224" stroke="${p.dark}" stroke-width="3" fill="none" opacity=".5"/>
<circle cx="200" cy="77" r="5" fill="${p.light}"/>`,

  jeans: (p: Palette) => `
<path d="M136 66h128l14 272h-62l-16-176-16 176h-62Z" fill="${p.fill}"/>
<path d="M136 66h128l1 22H135Z" fill="${p.dark}"/>
<path d="M120 320h64l-1 18h-61ZM216 320h62l1 18h-62Z" fill="${p.light}"/>
<g fill="none" stroke="${p.light}" stroke-width="3" stroke-dasharray="7 5"><path d="M142 92c2 24 16 34 38 36M258 92c-2 24-16 34-38 36M200 88v50q14 6 14-14V90"/></g>
<g fill="${p.light}"><rect x="156" y="62" width="8" height="28" rx="2"/><rect x="236" y="62" width="8" height="28" rx="2"/></g><circle cx="200" cy="77" r="5" fill="#d9a441"/>`,

  skirt: (p: Palette) => `
<path d="M150 92h100l52 220c-60 26-144 26-204 0Z" fill="${p.fill}"/>
<path d="M150 80h100v22H150Z" fill="${p.dark}"/>
<path d="M164 104 132 322M186 104l-10 226M214 104l10 226M236 104l32 218" stroke="${p.dark}" stroke-width="4" opacity=".4" fill="none"/>`,

  coat: (p: Palette) => `
<path d="M154 66 106 90 66 262l38 12 22-82-12 152h172l-12-152 22 82 38-12-40-172-48-24-46 40Z" fill="${p.fill}"/>
<path d="m154 66 46 92 46-92-20-10h-52Z" fill="${p.light}"/>
<path d="m154 66-14 46 28 12-6 22 38 44 38-44-6-22 28-12-14-46-46 96Z" fill="${p.dark}"/>
<path d="M200 190v154" stroke="${p.deep}" stroke-width="3"/>
<path d="M122 222h156v20H120Z" fill="${p.deep}"/><rect x="188" y="217" width="26" height="30" rx="4" fill="none" stroke="#d9a441" stroke-width="5"/>
<g fill="${p.deep}"><circle cx="180" cy="206" r="5"/><circle cx="220" cy="206" r="5"/><circle cx="180" cy="270" r="5"/><circle cx="220" cy="270" r="5"/></g>
<path d="m136 276 34 6M264 276l-34 6" stroke="${p.deep}" stroke-width="5" stroke-linecap="round"/>`,

  jacket: (p: Palette) => `
<path d="M156 82 108 104 66 268l40 12 26-84v112h136V196l26 84 40-12-42-164-48-22Z" fill="${p.fill}"/>
<path d="m156 82 14-14h60l14 14-24 26h-40Z" fill="${p.dark}"/>
<path d="M132 292h136v22H132ZM62 258l40 12-5 22-40-12ZM338 258l-40 12 5 22 40-12Z" fill="${p.dark}"/>
<path d="M200 106v206" stroke="${p.light}" stroke-width="5" stroke-dasharray="4 3"/>
<path d="m148 240 24 22M252 240l-24 22" stroke="${p.deep}" stroke-width="5" stroke-linecap="round"/>`,

  scarf: (p: Palette) => `
<path d="M132 78c24 80 112 80 136 0l34 14c-6 62-30 98-62 112l14 110h-58l-12-104c-46-12-80-52-86-118Z" fill="${p.fill}"/>
<path d="M132 78c24 80 112 80 136 0l12 5c-28 96-132 96-160 0Z" fill="${p.deep}" opacity=".35"/>
<path d="M198 206c18 4 30 2 42-2l2 18c-14 6-28 6-42 2Z" fill="${p.dark}"/>
<g stroke="${p.dark}" stroke-width="5" stroke-linecap="round"><path d="M200 316v26M214 316v26M228 316v26M242 316v26"/></g>`,

  hat: (p: Palette) => `
<ellipse cx="200" cy="252" rx="148" ry="42" fill="${p.dark}"/><ellipse cx="200" cy="244" rx="148" ry="40" fill="${p.fill}"/>
<path d="M120 244c0-84 16-136 80-136s80 52 80 136c-40 24-120 24-160 0Z" fill="${p.fill}"/>
<path d="M119 216c46 22 116 22 162 0l1 30c-48 24-116 24-164 0Z" fill="${p.deep}"/>
<path d="M152 128c20 20 76 20 96 0" stroke="${p.dark}" stroke-width="4" fill="none"/>`,
} as const;
