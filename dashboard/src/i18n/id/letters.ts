export const letters = {
  letters: {
    subtitle: "Surat dan kartu pos yang menunggu dicetak, dan berkas yang dibuat darinya.",
    batches: "Berkas untuk percetakan",
    none: "Belum ada berkas",
    noneText:
      "Yang dikirim perjalanan dan siaran lewat pos menunggu di sini sampai dibuatkan berkas cetak, kecuali akun layanan cetak mengambilnya.",
    waiting: {
      letter_a4_one: "{{shown}} surat menunggu dicetak",
      letter_a4_other: "{{shown}} surat menunggu dicetak",
      postcard_a6_one: "{{shown}} kartu pos menunggu dicetak",
      postcard_a6_other: "{{shown}} kartu pos menunggu dicetak",
    },
    make: "Buat berkas",
    format: "Format",
    formats: {
      letter_a4: "Surat, A4",
      postcard_a6: "Kartu pos, A6",
    },
    letters: "Lembar",
    made: "Dibuat",
    file: "Berkas",
  },
};
