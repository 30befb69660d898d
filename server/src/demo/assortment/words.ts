/** A word in the demo's three languages: English, Turkish, Indonesian. */
export type Word = readonly [en: string, tr: string, id: string];

export const materials = {
  linen: ["linen", "keten", "linen"],
  cotton: ["cotton", "pamuklu", "katun"],
  wool: ["wool", "yün", "wol"],
  silk: ["silk", "ipek", "sutra"],
  leather: ["leather", "deri", "kulit"],
  suede: ["suede", "süet", "suede"],
  canvas: ["canvas", "kanvas", "kanvas"],
  denim: ["denim", "denim", "denim"],
  straw: ["straw", "hasır", "jerami"],
  velvet: ["velvet", "kadife", "beludru"],
  boucle: ["bouclé", "buklet", "bouclé"],
  oak: ["oak", "meşe", "kayu ek"],
  walnut: ["walnut", "ceviz", "kenari"],
  teak: ["teak", "tik", "jati"],
  rattan: ["rattan", "rattan", "rotan"],
  brass: ["brass", "pirinç", "kuningan"],
  ceramic: ["ceramic", "seramik", "keramik"],
  batik: ["batik", "batik", "batik"],
} as const satisfies Record<string, Word>;
export type Material = keyof typeof materials;

export const colours = {
  Sand: "#d9c3a0",
  Cream: "#efe4d0",
  Brick: "#b3312c",
  Terracotta: "#c8734f",
  Rose: "#d8a48f",
  Plum: "#6d3b52",
  Indigo: "#3b4a6b",
  Denim: "#4a6a8f",
  Sky: "#8fb3c4",
  Teal: "#2f5d62",
  Olive: "#6b7f59",
  Mustard: "#c98b3c",
  Oak: "#b98a5a",
  Walnut: "#7a5236",
  Charcoal: "#3a3836",
} as const;
export type Colour = keyof typeof colours;

/** Why one buys it; `{m}` is the material. */
export const phrases: readonly Word[] = [
  [
    "Woven in a small mill on the Aegean and made to be worn for years.",
    "Ege kıyısında küçük bir dokuma evinde yapıldı; yıllarca kullanılmak için.",
    "Ditenun di rumah tenun kecil di tepi Laut Aegea, dibuat untuk dipakai bertahun-tahun.",
  ],
  [
    "A quiet shape, honest {m}, and a colour that goes with everything you have.",
    "Sade bir biçim, gerçek {m} ve her şeye uyan bir renk.",
    "Bentuk tenang, {m} asli, dan warna yang cocok dengan semua yang Anda punya.",
  ],
  [
    "Our best-loved piece in {m}, finished by hand in our workshop.",
    "Atölyemizde elde tamamlanan, en sevilen {m} parçamız.",
    "Karya {m} kesayangan kami, diselesaikan dengan tangan di bengkel kami.",
  ],
  [
    "Made in small numbers between Izmir and Bandung; no two are quite the same.",
    "İzmir ile Bandung arasında az sayıda üretildi; hiçbiri diğerinin aynısı değil.",
    "Dibuat terbatas antara Izmir dan Bandung; tidak ada dua yang persis sama.",
  ],
];
