import type { Starter } from "./starters.ts";

/** Starters of the channels that are not mail. */
export const others: readonly Starter[] = [
  {
    id: "sms_pickup",
    channel: "sms",
    purpose: "transactional",
    name: ["Ready for pick-up", "Teslime hazır", "Siap diambil"],
    about: ["An order waits in the store.", "Sipariş mağazada bekliyor.", "Pesanan menunggu di toko."],
    write: (say) => ({
      text: say([
        '{{ brand.name }}: your order {{ data.order_id | default: "" }} is ready at {{ store.name | default: "the store" }}.',
        '{{ brand.name }}: {{ data.order_id | default: "" }} siparişiniz {{ store.name | default: "mağazada" }} hazır.',
        '{{ brand.name }}: pesanan {{ data.order_id | default: "" }} siap diambil di {{ store.name | default: "toko" }}.',
      ]),
    }),
  },
  {
    id: "sms_cart",
    channel: "sms",
    purpose: "marketing",
    name: ["Cart by SMS", "SMS ile sepet", "Keranjang lewat SMS"],
    about: ["One line and a way out.", "Tek satır ve çıkış yolu.", "Satu baris dan cara berhenti."],
    write: (say) => ({
      text: say([
        "{{ brand.name }}: your cart is waiting: {{ cart.url }} Reply STOP to end",
        "{{ brand.name }}: sepetiniz bekliyor: {{ cart.url }} Çıkmak için RET yazın",
        "{{ brand.name }}: keranjang Anda menunggu: {{ cart.url }} Balas STOP untuk berhenti",
      ]),
    }),
  },
  {
    id: "whatsapp_order",
    channel: "whatsapp",
    purpose: "transactional",
    name: ["Order on its way", "Sipariş yolda", "Pesanan dikirim"],
    about: [
      "An approved template with name and order number.",
      "Ad ve sipariş numaralı onaylı şablon.",
      "Templat disetujui dengan nama dan nomor pesanan.",
    ],
    write: (say) => ({
      kind: "template",
      name: "order_shipped",
      language: say(["en", "tr", "id"]),
      body: ['{{ person.first_name | default: "-" }}', '{{ data.order_id | default: "-" }}'],
      buttons: [],
      shown: say([
        "Hello {{1}}, your order {{2}} is on its way.",
        "Merhaba {{1}}, {{2}} numaralı siparişiniz yola çıktı.",
        "Halo {{1}}, pesanan {{2}} sedang dikirim.",
      ]),
    }),
  },
  {
    id: "whatsapp_reply",
    channel: "whatsapp",
    purpose: "transactional",
    name: ["Answer in a conversation", "Konuşmada yanıt", "Balasan dalam percakapan"],
    about: [
      "Free text, within 24 hours of their last word.",
      "Son mesajlarından sonraki 24 saatte serbest metin.",
      "Teks bebas, dalam 24 jam dari pesan terakhir.",
    ],
    write: (say) => ({
      kind: "text",
      text: say([
        'Hello {{ person.first_name | default: "there" }}, thank you for writing. How can we help?',
        "Merhaba{% if person.first_name %} {{ person.first_name }}{% endif %}, yazdığınız için teşekkürler. Nasıl yardımcı olabiliriz?",
        "Halo{% if person.first_name %} {{ person.first_name }}{% endif %}, terima kasih telah menulis. Apa yang bisa kami bantu?",
      ]),
    }),
  },
  {
    id: "push_stock",
    channel: "push",
    purpose: "marketing",
    name: ["Back in stock", "Yeniden stokta", "Tersedia lagi"],
    about: ["Short, with the product's picture.", "Kısa, ürünün görseliyle.", "Singkat, dengan gambar produk."],
    write: (say) => ({
      title: say([
        '{{ event.properties.name | default: "It" }} is back',
        '{{ event.properties.name | default: "Beklediğiniz ürün" }} geldi',
        '{{ event.properties.name | default: "Barang Anda" }} ada lagi',
      ]),
      body: say(["You asked us to tell you.", "Haber vermemizi istemiştiniz.", "Anda meminta kabar dari kami."]),
      image: '{{ event.properties.image_url | default: "" }}',
      url: "{{ event.properties.url | default: brand.url }}",
      actions: [],
      replaces: "stock",
      ttl: 86_400,
    }),
  },
  {
    id: "onsite_banner",
    channel: "onsite",
    purpose: "marketing",
    name: ["Banner: your store", "Bant: mağazanız", "Spanduk: toko Anda"],
    about: ["A line above the page.", "Sayfanın üstünde bir satır.", "Satu baris di atas halaman."],
    write: (say) => ({
      layout: "banner",
      slot: "",
      title: say(["Pick it up today", "Bugün teslim alın", "Ambil hari ini"]),
      body: say([
        'Order now and collect at {{ nearest_store.name | default: "your store" }}.',
        'Şimdi sipariş verin, {{ nearest_store.name | default: "mağazanızdan" }} alın.',
        'Pesan sekarang dan ambil di {{ nearest_store.name | default: "toko Anda" }}.',
      ]),
      image: "",
      action: { label: say(["To the shop", "Mağazaya", "Ke toko"]), url: "{{ brand.url }}" },
    }),
  },
  {
    id: "onsite_modal",
    channel: "onsite",
    purpose: "marketing",
    name: ["Modal: cart reminder", "Pencere: sepet hatırlatma", "Modal: pengingat keranjang"],
    about: [
      "A window over the page for those with a full cart.",
      "Sepeti dolu olanlar için sayfa üstünde pencere.",
      "Jendela untuk mereka yang keranjangnya berisi.",
    ],
    write: (say) => ({
      layout: "modal",
      slot: "",
      title: say(["Still thinking?", "Hâlâ düşünüyor musunuz?", "Masih mempertimbangkan?"]),
      body: say([
        "{{ cart.count }} in your cart, the same on your phone and at the till.",
        "Sepetinizde {{ cart.count }} ürün var; telefonda ve kasada da aynı.",
        "{{ cart.count }} barang di keranjang, sama di ponsel dan kasir.",
      ]),
      image: "",
      action: { label: say(["To the cart", "Sepete git", "Ke keranjang"]), url: "{{ cart.url }}" },
    }),
  },
  {
    id: "webhook",
    channel: "webhook",
    purpose: "transactional",
    name: ["Call another system", "Başka sistemi çağır", "Panggil sistem lain"],
    about: ["JSON with the person and the event.", "Kişi ve olayla JSON.", "JSON dengan orang dan peristiwa."],
    write: () => ({
      url: "https://hooks.example.com/kilim",
      method: "POST",
      headers: {},
      body: '{\n  "person": {{ person | json }},\n  "event": {{ event | json }}\n}',
    }),
  },
  {
    id: "postcard",
    channel: "letter",
    purpose: "marketing",
    name: ["Postcard with a code", "Kodlu kartpostal", "Kartu pos dengan kode"],
    about: [
      "For those who read no mail: a code that the till scans.",
      "E-posta okumayanlara: kasanın okuttuğu kod.",
      "Untuk yang tidak membaca email: kode yang dipindai kasir.",
    ],
    write: (say) => ({
      format: "postcard_a6",
      heading: say(["We miss you", "Sizi özledik", "Kami merindukan Anda"]),
      body: say([
        'Dear {{ person.first_name | default: "customer" }},\n\nbring this card to {{ nearest_store.name | default: "any of our stores" }}.',
        'Sayın {{ person.first_name | default: "müşterimiz" }},\n\nbu kartı {{ nearest_store.name | default: "mağazalarımızdan birine" }} getirin.',
        'Yth. {{ person.first_name | default: "pelanggan" }},\n\nbawa kartu ini ke {{ nearest_store.name | default: "toko kami" }}.',
      ]),
      coupon: {
        code: '{{ data.code | default: "WELCOMEBACK" }}',
        symbology: "qr",
        label: say(["For your next visit", "Bir sonraki gelişiniz için", "Untuk kunjungan berikutnya"]),
      },
    }),
  },
  {
    id: "call_recovery",
    channel: "call",
    purpose: "transactional",
    name: ["Call after a complaint", "Şikâyet sonrası arama", "Telepon setelah keluhan"],
    about: ["What to say, and why.", "Ne söyleneceği ve nedeni.", "Apa yang dikatakan, dan alasannya."],
    write: (say) => ({
      reason: say(["A complaint was settled", "Bir şikâyet çözüldü", "Keluhan telah selesai"]),
      script: say([
        'Ask for {{ person.first_name | default: "the customer" }}.\n\nSay sorry, ask whether all is well now, offer a consultation in {{ nearest_store.name | default: "the store" }}.',
        '{{ person.first_name | default: "Müşteriyi" }} isteyin.\n\nÖzür dileyin, her şeyin yolunda olup olmadığını sorun, {{ nearest_store.name | default: "mağazada" }} danışmanlık önerin.',
        'Minta bicara dengan {{ person.first_name | default: "pelanggan" }}.\n\nMinta maaf, tanyakan apakah semuanya sudah baik, tawarkan konsultasi di {{ nearest_store.name | default: "toko" }}.',
      ]),
      due_hours: 24,
    }),
  },
  {
    id: "social_reply",
    channel: "social",
    purpose: "transactional",
    name: [
      "Answer on Messenger or Instagram",
      "Messenger veya Instagram yanıtı",
      "Balasan di Messenger atau Instagram",
    ],
    about: ["Within its window.", "Süresi içinde.", "Dalam jendela waktunya."],
    write: (say) => ({
      text: say([
        "Thank you for writing to {{ brand.name }}. How can we help?",
        "{{ brand.name }} ekibine yazdığınız için teşekkürler. Nasıl yardımcı olabiliriz?",
        "Terima kasih telah menghubungi {{ brand.name }}. Apa yang bisa kami bantu?",
      ]),
      image: "",
    }),
  },
];
