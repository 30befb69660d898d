import type { returns as english } from "../en/returns.ts";

export const returns: typeof english = {
  orderReturns: {
    title: "İadeler",
    empty: "Bildirilen bir iade yok, geri gelen bir şey de yok.",
    announced: "Postayla bildirildi",
    states: { announced: "Bekleniyor", received: "Alındı", withdrawn: "Vazgeçildi: alıcıda kalıyor" },
    reasons: {
      too_small: "Küçük geldi",
      too_large: "Büyük geldi",
      not_as_shown: "Görseldeki gibi değil",
      damaged: "Hasarlı",
      changed_mind: "Fikrini değiştirdi",
      other: "Başka bir neden",
    },
    arrived: "{{quantity}} üründen {{received}} tanesi geldi",
    arrivesUntil: "{{day}} tarihine kadar gelirse süresindedir.",
    arrivalOver: "{{day}} tarihine kadar gelmeliydi.",
    takeIn: "Teslim al",
    takeInOther: "Paket teslim al",
    takenBack: "{{number}} iade alındı",
    channels: { post: "postayla", store: "mağazada" },
    conditions: { sellable: "İyi", damaged: "Hasarlı", check: "Bakılacak" },
    overridden: "Süre dolduğu hâlde: {{why}}",
    place: "Teslim alındığı yer",
    most: "{{count}} tane geri gelebilir",
    until: "{{day}} tarihine kadar",
    over: "süresi {{day}} tarihinde doldu",
    inTime: "{{count}} tanesi süresinde bildirildi",
    tooMany: "En çok {{count}}.",
    override: "Süre dolduğu hâlde neden?",
    overrideText: "Süresinde olandan fazlası geldi. Yazdığınız iadede saklanır.",
    takeNow: "Teslim al ve parayı iade et",
    done: "{{number}} teslim alındı; alıcıya {{amount}} iade ediliyor.",
    nothingLeft: "Bu siparişten artık hiçbir şey geri gelemez.",
    refused: {
      return_not_awaited:
        "Bu iadeyi bu arada başkası teslim aldı ya da alıcı vazgeçti. Paket yine de elinizdeyse bildirimsiz teslim alın.",
      not_returnable: "Bu arada daha azı geri gelebilir ya da süresi doldu. Yukarıdaki sayılara yeniden bakın.",
    },
  },
};
