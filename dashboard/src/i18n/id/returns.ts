import type { returns as english } from "../en/returns.ts";

export const returns: typeof english = {
  orderReturns: {
    title: "Pengembalian",
    empty: "Tidak ada yang diberitahukan, dan tidak ada yang kembali.",
    announced: "Diberitahukan lewat pos",
    states: { announced: "Ditunggu", received: "Diterima", withdrawn: "Dibatalkan: tetap pada pembeli" },
    reasons: {
      too_small: "Terlalu kecil",
      too_large: "Terlalu besar",
      not_as_shown: "Tidak seperti yang ditampilkan",
      damaged: "Rusak",
      changed_mind: "Berubah pikiran",
      other: "Alasan lain",
    },
    arrived: "{{received}} dari {{quantity}} sudah datang",
    arrivesUntil: "Tepat waktu jika tiba sampai {{day}}.",
    arrivalOver: "Seharusnya tiba sampai {{day}}.",
    takeIn: "Terima",
    takeInOther: "Terima paket",
    takenBack: "{{number}} diterima kembali",
    channels: { post: "lewat pos", store: "di toko" },
    conditions: { sellable: "Baik", damaged: "Rusak", check: "Dicek" },
    overridden: "Meskipun terlambat: {{why}}",
    place: "Diterima di",
    most: "{{count}} boleh kembali",
    until: "sampai {{day}}",
    over: "waktunya lewat pada {{day}}",
    inTime: "{{count}} diberitahukan tepat waktu",
    tooMany: "Paling banyak {{count}}.",
    override: "Mengapa, padahal waktunya sudah lewat?",
    overrideText: "Yang datang lebih banyak daripada yang tepat waktu. Yang Anda tulis tersimpan pada pengembalian.",
    takeNow: "Terima dan kembalikan uang",
    done: "{{number}} diterima; {{amount}} dikembalikan kepada pembeli.",
    nothingLeft: "Tidak ada lagi dari pesanan ini yang boleh kembali.",
    refused: {
      return_not_awaited:
        "Pengembalian ini sudah diterima orang lain, atau pembeli membatalkannya. Jika paketnya tetap ada pada Anda, terima tanpa pemberitahuan.",
      not_returnable:
        "Sementara itu yang boleh kembali berkurang, atau waktunya sudah lewat. Periksa lagi jumlah di atas.",
    },
  },
};
