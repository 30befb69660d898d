/** What blocks say by themselves. */
export interface BlockWords {
  readonly onlyLeft: string;
  readonly soldOut: string;
  readonly inStock: string;
  readonly nearestStore: string;
  readonly balance: string;
  readonly points: string;
  readonly unsubscribe: string;
  readonly ended: string;
  /** Short names of days, hours and minutes. */
  readonly units: readonly [day: string, hour: string, minute: string];
}

const WORDS: Readonly<Record<string, BlockWords>> = {
  en: {
    onlyLeft: "Only {n} left",
    soldOut: "Sold out",
    inStock: "In stock",
    nearestStore: "Your nearest store",
    balance: "Your balance",
    points: "points",
    unsubscribe: "Unsubscribe",
    ended: "Ended",
    units: ["d", "h", "min"],
  },
  tr: {
    onlyLeft: "Son {n} adet",
    soldOut: "Tükendi",
    inStock: "Stokta",
    nearestStore: "Size en yakın mağaza",
    balance: "Bakiyeniz",
    points: "puan",
    unsubscribe: "Abonelikten çık",
    ended: "Sona erdi",
    units: ["g", "sa", "dk"],
  },
  id: {
    onlyLeft: "Sisa {n}",
    soldOut: "Habis",
    inStock: "Tersedia",
    nearestStore: "Toko terdekat Anda",
    balance: "Saldo Anda",
    points: "poin",
    unsubscribe: "Berhenti berlangganan",
    ended: "Berakhir",
    units: ["h", "j", "mnt"],
  },
};

const ENGLISH = WORDS.en as BlockWords;

export function blockWordsFor(language: string): BlockWords {
  return WORDS[language.split("-")[0] ?? ""] ?? ENGLISH;
}
