export const letters = {
  letters: {
    subtitle: "Baskıyı bekleyen mektup ve kartpostallar ile onlardan yapılan dosyalar.",
    batches: "Baskı dosyaları",
    none: "Henüz dosya yapılmadı",
    noneText:
      "Yolculukların ve toplu gönderimlerin postayla gönderdikleri, bir baskı hizmeti hesabı almadıkça, baskı dosyası yapılana kadar burada bekler.",
    waiting: {
      letter_a4_one: "{{shown}} mektup baskıyı bekliyor",
      letter_a4_other: "{{shown}} mektup baskıyı bekliyor",
      postcard_a6_one: "{{shown}} kartpostal baskıyı bekliyor",
      postcard_a6_other: "{{shown}} kartpostal baskıyı bekliyor",
    },
    make: "Dosya yap",
    format: "Biçim",
    formats: {
      letter_a4: "Mektup, A4",
      postcard_a6: "Kartpostal, A6",
    },
    letters: "Adet",
    made: "Yapıldı",
    file: "Dosya",
  },
};
