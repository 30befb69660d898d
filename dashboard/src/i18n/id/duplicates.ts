export const duplicates = {
  duplicates: {
    title: "Mungkin orang yang sama",
    subtitle:
      "Orang yang mirip, beserta petunjuknya. Kilim tidak menggabungkan siapa pun karena mirip: Anda yang memutuskan.",
    open: "Perlu diputuskan",
    dismissed: "Bukan orang yang sama",
    score: "{{score}} dari 100",
    none: "Tidak ada yang mirip orang lain",
    noneText:
      "Nama dan tanggal lahir sama, alamat beda satu huruf, nomor telepon ditulis dua cara, nama di alamat pos yang sama: yang punya kesamaan itu tampil di sini.",
    noneDismissed: "Belum ada yang dinyatakan berbeda",
    merge: "Gabungkan",
    mergeText:
      "Keduanya menjadi satu orang dengan semua peristiwa dan pesanannya. Dapat dibatalkan di halaman orang itu.",
    merged: "Kini mereka satu orang",
    reason: "Mirip: {{evidence}}",
    dismiss: "Bukan orang yang sama",
    wasDismissed: "Mereka tetap dua orang",
    reopen: "Putuskan lagi",
    decidedBy: "oleh {{name}}",
    field: {
      name: "Nama",
      email: "Email",
      phone: "Telepon",
      birthday: "Tanggal lahir",
      address: "Alamat",
      city: "Kota",
      identifiers: "Pengenal",
      orders: "Pesanan",
      last_seen: "Terakhir terlihat",
    },
    evidence: {
      same_name_birthday: "Nama dan tanggal lahir sama",
      same_name_address: "Nama dan alamat pos sama",
      same_email: "Alamat email sama",
      same_phone: "Nomor telepon sama",
      email_typo: "Alamat email beda satu huruf",
      same_name: "Nama sama",
      other_name: "Nama berbeda",
      other_birthday: "Tanggal lahir berbeda",
    },
  },
};
