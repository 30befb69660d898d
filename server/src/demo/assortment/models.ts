import type { DrawingKind } from "../../catalog/index.ts";
import type { Colour, Material, Word } from "./words.ts";

type Pattern = "plain" | "stripes" | "dots" | "check" | "kilim" | "rib" | "floral";

/** One product of a line: name, material, price in cents, colours, pattern. */
export type Model = readonly [
  name: string,
  material: Material,
  price: number,
  colours: readonly Colour[],
  pattern?: Pattern,
];

export interface Range {
  readonly kind: DrawingKind;
  readonly category: string;
  readonly noun: Word;
  readonly sizes: readonly string[];
  readonly models: readonly Model[];
}

const LETTERS = ["XS", "S", "M", "L", "XL"];
const WAIST = ["28", "30", "32", "34"];
const SHOES = ["36", "37", "38", "39", "40", "41", "42", "43", "44"];
const HEELS = ["36", "37", "38", "39", "40"];
const BEDS = ["140×200", "160×200", "180×200"];
const RUGS = ["80×150", "120×180", "160×230"];

export const categories = [
  { id: "fashion", title: "Fashion", titles: { tr: "Moda", id: "Busana" } },
  { id: "home", title: "Home", titles: { tr: "Ev", id: "Rumah" } },
  { id: "dresses", title: "Dresses", titles: { tr: "Elbiseler", id: "Gaun" }, parent: "fashion" },
  { id: "tops", title: "Shirts and knitwear", titles: { tr: "Gömlek ve triko", id: "Atasan" }, parent: "fashion" },
  { id: "bottoms", title: "Trousers and skirts", titles: { tr: "Pantolon ve etek", id: "Bawahan" }, parent: "fashion" },
  {
    id: "outerwear",
    title: "Coats and jackets",
    titles: { tr: "Mont ve ceket", id: "Mantel dan jaket" },
    parent: "fashion",
  },
  { id: "shoes", title: "Shoes", titles: { tr: "Ayakkabı", id: "Sepatu" }, parent: "fashion" },
  {
    id: "accessories",
    title: "Bags and accessories",
    titles: { tr: "Çanta ve aksesuar", id: "Tas dan aksesori" },
    parent: "fashion",
  },
  {
    id: "sofas",
    title: "Sofas and armchairs",
    titles: { tr: "Kanepe ve koltuk", id: "Sofa dan kursi malas" },
    parent: "home",
  },
  {
    id: "tables",
    title: "Tables and chairs",
    titles: { tr: "Masa ve sandalye", id: "Meja dan kursi" },
    parent: "home",
  },
  { id: "bedroom", title: "Bedroom", titles: { tr: "Yatak odası", id: "Kamar tidur" }, parent: "home" },
  { id: "storage", title: "Storage", titles: { tr: "Depolama", id: "Penyimpanan" }, parent: "home" },
  { id: "lighting", title: "Lighting", titles: { tr: "Aydınlatma", id: "Lampu" }, parent: "home" },
  {
    id: "rugs",
    title: "Rugs and textiles",
    titles: { tr: "Kilim ve tekstil", id: "Karpet dan tekstil" },
    parent: "home",
  },
  { id: "decoration", title: "Decoration", titles: { tr: "Dekorasyon", id: "Dekorasi" }, parent: "home" },
] as const;

export const ranges: readonly Range[] = [
  {
    kind: "dress",
    category: "dresses",
    noun: ["dress", "elbise", "Gaun"],
    sizes: LETTERS,
    models: [
      ["Alaçatı", "linen", 8900, ["Terracotta", "Cream", "Indigo"]],
      ["Ayvalık", "cotton", 7400, ["Sky", "Rose"], "stripes"],
      ["Ubud", "batik", 9800, ["Brick", "Teal"], "floral"],
      ["Datça", "silk", 14900, ["Plum", "Olive"]],
      ["Sumba", "cotton", 8200, ["Mustard", "Charcoal"], "kilim"],
      ["Assos", "linen", 9200, ["Sand", "Rose"], "dots"],
    ],
  },
  {
    kind: "shirt",
    category: "tops",
    noun: ["shirt", "gömlek", "Kemeja"],
    sizes: LETTERS,
    models: [
      ["Urla", "linen", 5400, ["Cream", "Sky", "Olive"]],
      ["Bandung", "batik", 6200, ["Indigo", "Brick"], "kilim"],
      ["Foça", "cotton", 4900, ["Denim", "Rose"], "stripes"],
      ["Sapanca", "cotton", 5200, ["Teal", "Charcoal"], "check"],
    ],
  },
  {
    kind: "tshirt",
    category: "tops",
    noun: ["T-shirt", "tişört", "Kaus"],
    sizes: LETTERS,
    models: [
      ["Kemang", "cotton", 1900, ["Cream", "Charcoal", "Brick"]],
      ["Kadıköy", "cotton", 2200, ["Indigo", "Mustard"], "stripes"],
      ["Lombok", "linen", 2900, ["Sand", "Teal"]],
    ],
  },
  {
    kind: "sweater",
    category: "tops",
    noun: ["sweater", "kazak", "Sweter"],
    sizes: LETTERS,
    models: [
      ["Uludağ", "wool", 7900, ["Cream", "Plum", "Olive"], "rib"],
      ["Mardin", "wool", 8800, ["Brick", "Indigo"], "kilim"],
      ["Bromo", "cotton", 5900, ["Sky", "Mustard"], "stripes"],
    ],
  },
  {
    kind: "trousers",
    category: "bottoms",
    noun: ["trousers", "pantolon", "Celana"],
    sizes: LETTERS,
    models: [
      ["Efes", "linen", 6400, ["Sand", "Olive", "Charcoal"]],
      ["Solo", "batik", 5900, ["Indigo", "Terracotta"], "floral"],
      ["Ankara", "wool", 8900, ["Charcoal", "Walnut"], "check"],
    ],
  },
  {
    kind: "jeans",
    category: "bottoms",
    noun: ["jeans", "kot pantolon", "Celana jin"],
    sizes: WAIST,
    models: [
      ["Galata", "denim", 7200, ["Denim", "Charcoal"]],
      ["Braga", "denim", 6900, ["Indigo", "Sky"]],
    ],
  },
  {
    kind: "skirt",
    category: "bottoms",
    noun: ["skirt", "etek", "Rok"],
    sizes: LETTERS,
    models: [
      ["Şirince", "linen", 5600, ["Rose", "Olive"]],
      ["Flores", "batik", 6100, ["Plum", "Mustard"], "kilim"],
      ["Cunda", "cotton", 4800, ["Indigo", "Cream"], "floral"],
    ],
  },
  {
    kind: "coat",
    category: "outerwear",
    noun: ["coat", "kaban", "Mantel"],
    sizes: LETTERS,
    models: [
      ["Karadeniz", "wool", 18900, ["Mustard", "Charcoal"]],
      ["Pera", "wool", 21900, ["Brick", "Sand"]],
      ["Erciyes", "boucle", 19900, ["Cream", "Plum"], "check"],
    ],
  },
  {
    kind: "jacket",
    category: "outerwear",
    noun: ["jacket", "ceket", "Jaket"],
    sizes: LETTERS,
    models: [
      ["Toba", "cotton", 9900, ["Olive", "Indigo"], "rib"],
      ["Balat", "leather", 24900, ["Walnut", "Charcoal"]],
      ["Dieng", "denim", 8900, ["Denim", "Sky"]],
    ],
  },
  {
    kind: "sneaker",
    category: "shoes",
    noun: ["sneakers", "spor ayakkabı", "Sepatu kets"],
    sizes: SHOES,
    models: [
      ["Ilgın", "canvas", 8900, ["Brick", "Indigo", "Cream"]],
      ["Moda", "leather", 11900, ["Sand", "Charcoal"]],
      ["Dago", "suede", 10900, ["Olive", "Rose"]],
    ],
  },
  {
    kind: "boots",
    category: "shoes",
    noun: ["boots", "bot", "Sepatu bot"],
    sizes: SHOES,
    models: [
      ["Kaçkar", "leather", 15900, ["Walnut", "Charcoal"]],
      ["Rinjani", "suede", 14900, ["Sand", "Plum"]],
    ],
  },
  {
    kind: "heels",
    category: "shoes",
    noun: ["pumps", "topuklu ayakkabı", "Sepatu hak tinggi"],
    sizes: HEELS,
    models: [
      ["Nişantaşı", "leather", 12900, ["Brick", "Charcoal"]],
      ["Menteng", "suede", 11900, ["Plum", "Teal"]],
    ],
  },
  {
    kind: "loafers",
    category: "shoes",
    noun: ["loafers", "makosen", "Sepatu pantofel"],
    sizes: SHOES,
    models: [
      ["Alsancak", "leather", 11900, ["Walnut", "Charcoal"]],
      ["Cikini", "suede", 10900, ["Teal", "Sand"]],
    ],
  },
  {
    kind: "sandals",
    category: "shoes",
    noun: ["sandals", "sandalet", "Sandal"],
    sizes: HEELS,
    models: [
      ["Bodrum", "leather", 6900, ["Walnut", "Terracotta"]],
      ["Kuta", "leather", 5900, ["Mustard", "Teal"]],
    ],
  },
  {
    kind: "bag",
    category: "accessories",
    noun: ["bag", "çanta", "Tas"],
    sizes: [],
    models: [
      ["Pamukkale", "leather", 13900, ["Walnut", "Brick", "Charcoal"]],
      ["Toraja", "canvas", 6900, ["Indigo", "Mustard"], "kilim"],
      ["Çeşme", "straw", 5400, ["Sand", "Olive"], "rib"],
    ],
  },
  {
    kind: "backpack",
    category: "accessories",
    noun: ["backpack", "sırt çantası", "Ransel"],
    sizes: [],
    models: [
      ["Likya", "canvas", 8900, ["Olive", "Charcoal"]],
      ["Merapi", "canvas", 7900, ["Terracotta", "Indigo"]],
    ],
  },
  {
    kind: "scarf",
    category: "accessories",
    noun: ["scarf", "atkı", "Syal"],
    sizes: [],
    models: [
      ["Bursa", "silk", 4900, ["Plum", "Teal"], "floral"],
      ["Kars", "wool", 3900, ["Brick", "Charcoal"], "check"],
      ["Sikka", "batik", 4200, ["Indigo", "Mustard"], "kilim"],
    ],
  },
  {
    kind: "hat",
    category: "accessories",
    noun: ["hat", "şapka", "Topi"],
    sizes: [],
    models: [
      ["Kaş", "straw", 3400, ["Sand", "Terracotta"]],
      ["Bali", "straw", 2900, ["Cream", "Olive"], "rib"],
    ],
  },
  {
    kind: "sofa",
    category: "sofas",
    noun: ["sofa", "kanepe", "Sofa"],
    sizes: [],
    models: [
      ["Boğaziçi", "velvet", 129900, ["Teal", "Plum", "Mustard"]],
      ["Kemer", "linen", 109900, ["Sand", "Olive"]],
      ["Bandar", "boucle", 139900, ["Cream", "Rose"]],
      ["Kapadokya", "wool", 119900, ["Terracotta", "Charcoal"], "kilim"],
    ],
  },
  {
    kind: "armchair",
    category: "sofas",
    noun: ["armchair", "koltuk", "Kursi malas"],
    sizes: [],
    models: [
      ["Emirgan", "velvet", 54900, ["Brick", "Teal"]],
      ["Gayo", "boucle", 49900, ["Cream", "Olive"]],
      ["Truva", "linen", 44900, ["Indigo", "Sand"], "stripes"],
    ],
  },
  {
    kind: "table",
    category: "tables",
    noun: ["dining table", "yemek masası", "Meja makan"],
    sizes: [],
    models: [
      ["Toros", "oak", 79900, ["Oak", "Charcoal"]],
      ["Jepara", "teak", 89900, ["Walnut", "Oak"]],
      ["Bergama", "walnut", 99900, ["Walnut"]],
    ],
  },
  {
    kind: "chair",
    category: "tables",
    noun: ["chair", "sandalye", "Kursi"],
    sizes: [],
    models: [
      ["Sardes", "oak", 14900, ["Sand", "Olive", "Brick"]],
      ["Cirebon", "rattan", 12900, ["Oak", "Cream"]],
      ["Knidos", "velvet", 17900, ["Teal", "Rose"]],
    ],
  },
  {
    kind: "coffeetable",
    category: "tables",
    noun: ["coffee table", "sehpa", "Meja kopi"],
    sizes: [],
    models: [
      ["Nehir", "walnut", 34900, ["Walnut", "Oak"]],
      ["Ternate", "rattan", 27900, ["Oak", "Sand"]],
    ],
  },
  {
    kind: "stool",
    category: "tables",
    noun: ["stool", "tabure", "Bangku"],
    sizes: [],
    models: [
      ["Urgan", "oak", 8900, ["Mustard", "Teal"]],
      ["Anyer", "teak", 7900, ["Brick", "Sand"], "kilim"],
    ],
  },
  {
    kind: "desk",
    category: "tables",
    noun: ["desk", "çalışma masası", "Meja kerja"],
    sizes: [],
    models: [
      ["Hezarfen", "oak", 42900, ["Oak", "Walnut"]],
      ["Dipati", "teak", 46900, ["Walnut", "Charcoal"]],
    ],
  },
  {
    kind: "bed",
    category: "bedroom",
    noun: ["bed", "yatak", "Tempat tidur"],
    sizes: BEDS,
    models: [
      ["Ninni", "velvet", 89900, ["Teal", "Rose"]],
      ["Rüya", "linen", 79900, ["Sand", "Indigo"]],
      ["Sanur", "rattan", 84900, ["Cream", "Olive"]],
    ],
  },
  {
    kind: "wardrobe",
    category: "bedroom",
    noun: ["wardrobe", "gardırop", "Lemari pakaian"],
    sizes: [],
    models: [
      ["Sandık", "oak", 94900, ["Oak", "Teal"]],
      ["Jati", "teak", 104900, ["Walnut", "Cream"]],
    ],
  },
  {
    kind: "sideboard",
    category: "storage",
    noun: ["sideboard", "konsol", "Bufet"],
    sizes: [],
    models: [
      ["Hitit", "walnut", 69900, ["Walnut", "Terracotta"]],
      ["Sunda", "teak", 64900, ["Oak", "Olive"]],
    ],
  },
  {
    kind: "shelf",
    category: "storage",
    noun: ["bookcase", "kitaplık", "Rak buku"],
    sizes: [],
    models: [
      ["Celsus", "oak", 39900, ["Oak", "Charcoal", "Indigo"]],
      ["Nusantara", "walnut", 44900, ["Walnut", "Olive"]],
      ["Bogor", "teak", 36900, ["Walnut", "Brick"]],
    ],
  },
  {
    kind: "floorlamp",
    category: "lighting",
    noun: ["floor lamp", "lambader", "Lampu lantai"],
    sizes: [],
    models: [
      ["Fener", "linen", 15900, ["Cream", "Terracotta"]],
      ["Mercan", "oak", 17900, ["Mustard", "Indigo"], "kilim"],
    ],
  },
  {
    kind: "tablelamp",
    category: "lighting",
    noun: ["table lamp", "masa lambası", "Lampu meja"],
    sizes: [],
    models: [
      ["Kandil", "ceramic", 7900, ["Teal", "Rose", "Sand"]],
      ["Kasongan", "ceramic", 8400, ["Terracotta", "Olive"], "dots"],
    ],
  },
  {
    kind: "pendant",
    category: "lighting",
    noun: ["pendant lamp", "sarkıt lamba", "Lampu gantung"],
    sizes: [],
    models: [
      ["Kubbe", "brass", 11900, ["Mustard", "Charcoal"]],
      ["Tegal", "rattan", 9900, ["Oak", "Cream"], "rib"],
      ["Halat", "linen", 10400, ["Brick", "Teal"]],
    ],
  },
  {
    kind: "rug",
    category: "rugs",
    noun: ["kilim rug", "kilim", "Karpet kilim"],
    sizes: RUGS,
    models: [
      ["Uşak", "wool", 24900, ["Brick", "Indigo"]],
      ["Yörük", "wool", 22900, ["Teal", "Mustard"]],
      ["Milas", "wool", 26900, ["Terracotta", "Olive"]],
      ["Sumatra", "cotton", 18900, ["Plum", "Charcoal"]],
    ],
  },
  {
    kind: "cushion",
    category: "rugs",
    noun: ["cushion", "yastık", "Bantal"],
    sizes: [],
    models: [
      ["Nakış", "wool", 3900, ["Brick", "Teal"], "kilim"],
      ["Lale", "cotton", 2900, ["Rose", "Mustard"], "floral"],
      ["Parang", "batik", 3400, ["Indigo", "Walnut"], "stripes"],
    ],
  },
  {
    kind: "throw",
    category: "rugs",
    noun: ["throw", "örtü", "Selimut"],
    sizes: [],
    models: [
      ["Kırlangıç", "wool", 6900, ["Cream", "Olive"], "rib"],
      ["Ikat", "cotton", 5900, ["Indigo", "Terracotta"], "kilim"],
    ],
  },
  {
    kind: "mirror",
    category: "decoration",
    noun: ["mirror", "ayna", "Cermin"],
    sizes: [],
    models: [
      ["Kemeraltı", "brass", 18900, ["Mustard", "Charcoal"]],
      ["Kota", "rattan", 15900, ["Oak", "Walnut"]],
    ],
  },
  {
    kind: "vase",
    category: "decoration",
    noun: ["vase", "vazo", "Vas"],
    sizes: [],
    models: [
      ["Avanos", "ceramic", 4400, ["Terracotta", "Cream", "Teal"]],
      ["Kütahya", "ceramic", 5900, ["Indigo", "Sky"], "floral"],
      ["Singkawang", "ceramic", 4900, ["Olive", "Brick"]],
    ],
  },
  {
    kind: "plantpot",
    category: "decoration",
    noun: ["plant pot", "saksı", "Pot tanaman"],
    sizes: [],
    models: [
      ["Menemen", "ceramic", 2400, ["Terracotta", "Charcoal"]],
      ["Plered", "ceramic", 2900, ["Sand", "Teal"], "stripes"],
    ],
  },
];
