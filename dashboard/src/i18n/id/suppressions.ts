export const suppressions = {
  suppressions: {
    title: "Alamat yang diblokir",
    subtitle: "Alamat dan nomor yang tidak dikirimi apa pun, apa pun yang telah disetujui pemiliknya.",
    channel: "Saluran",
    address: "Alamat atau nomor",
    email: "Alamat surel",
    number: "Nomor",
    numberText: "Dengan kode negara di depan: +905551234567",
    reason: "Alasan",
    since: "Sejak",
    reasons: {
      bounced: "Tidak terjangkau",
      complained: "Mengeluh",
      stopped: "Minta berhenti",
      manual: "Secara manual",
    },
    erased: "Milik orang yang dihapus",
    erasedText: "Hanya sidiknya yang disimpan. API mencabutnya bagi yang menyebutkan alamatnya.",
    create: "Tambah alamat atau nomor",
    add: "Tambah",
    createText:
      "Mulai sekarang tidak ada pesan ke sana lewat kanal ini: siaran, perjalanan, panggilan API, juga kode, konfirmasi, dan struk.",
    addressWrong: "Ini bukan alamat surel. Contohnya ayse@example.com.",
    numberWrong: "Nomor diawali + dan kode negara, misalnya +905551234567.",
    created: "{{address}} diblokir",
    lift: "Cabut",
    liftOf: "Cabut blokir {{address}}",
    keep: "Tetap diblokir",
    liftTitle: "Boleh dikirimi pesan lagi?",
    liftText:
      "Pesan boleh dikirim lagi ke {{address}} lewat {{channel}}. Persetujuan, batas, dan jam tenang tetap berlaku, dan yang sementara itu tidak terkirim tidak disusulkan.",
    why: {
      bounced:
        "Alamat ini dilaporkan tidak menerima apa pun. Jika masih begitu, pesan berikutnya mengembalikannya ke sini.",
      complained: "Pemiliknya mengeluhkan sebuah pesan. Cabut hanya jika ia memintanya kepada Anda.",
      stopped: "Pemiliknya tidak mau apa pun lagi. Cabut hanya jika ia memintanya kepada Anda.",
      manual: "Seseorang dari staf menaruhnya di sini.",
    },
    lifted: "{{address}} boleh dikirimi pesan lagi",
    empty: "Tidak ada yang diblokir di sini",
    emptyText:
      "Alamat yang tidak terjangkau, serta milik orang yang mengeluh atau membalas STOP, masuk ke sini dengan sendirinya. Anda juga bisa menambahkannya secara manual.",
  },
};
