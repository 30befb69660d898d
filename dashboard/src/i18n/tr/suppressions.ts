export const suppressions = {
  suppressions: {
    title: "Engellenen adresler",
    subtitle: "Sahibi neye izin vermiş olursa olsun hiçbir mesajın gitmediği adresler ve numaralar.",
    channel: "Kanal",
    address: "Adres veya numara",
    email: "E-posta adresi",
    number: "Numara",
    numberText: "Başında ülke koduyla: +905551234567",
    reason: "Neden",
    since: "Başlangıç",
    reasons: {
      bounced: "Ulaşılamıyor",
      complained: "Şikâyet etti",
      stopped: "İstemediğini söyledi",
      manual: "Elle eklendi",
    },
    erased: "Silinmiş bir kişinin",
    erasedText: "Yalnızca özeti tutulur. Adresi söyleyen biri için engeli API kaldırır.",
    create: "Adres veya numara ekle",
    add: "Ekle",
    createText:
      "Bundan sonra bu kanaldan ona hiçbir mesaj gitmez: toplu gönderim, yolculuk, API çağrısı da; kod, onay ve fiş de.",
    addressWrong: "Bu bir e-posta adresi değil. ayse@example.com gibi olmalı.",
    numberWrong: "Numara + ve ülke koduyla başlar, örneğin +905551234567.",
    created: "{{address}} engellendi",
    lift: "Kaldır",
    liftOf: "{{address}} engelini kaldır",
    keep: "Engelli kalsın",
    liftTitle: "Oraya yeniden mesaj gidebilsin mi?",
    liftText:
      "{{address}}, {{channel}} kanalından yeniden mesaj alabilir. İzin, sınırlar ve sessiz saatler eskisi gibi geçerlidir; bu arada gönderilmeyenler sonradan gönderilmez.",
    why: {
      bounced: "Bu adresin hiçbir şey almadığı bildirildi. Hâlâ öyleyse bir sonraki mesaj onu buraya geri getirir.",
      complained: "Sahibi bir mesajdan şikâyet etti. Yalnızca sizden istediyse kaldırın.",
      stopped: "Sahibi artık hiçbir şey istemiyor. Yalnızca sizden istediyse kaldırın.",
      manual: "Ekipten biri buraya ekledi.",
    },
    lifted: "{{address}} yeniden mesaj alabilir",
    empty: "Burada engellenen yok",
    emptyText:
      "Ulaşılamayan adresler ile şikâyet eden veya DUR yanıtını veren kişilerinkiler buraya kendiliğinden gelir. Elle de ekleyebilirsiniz.",
  },
};
