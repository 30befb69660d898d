import { emailBlock } from "../../content/email-blocks.ts";
import { blocksOf, type Say, type Starter, type Words } from "./starters.ts";

const HELLO: Words = [
  'Hello {{ person.first_name | default: "there" }},',
  "Merhaba{% if person.first_name %} {{ person.first_name }}{% endif %},",
  "Halo{% if person.first_name %} {{ person.first_name }}{% endif %},",
];
const TO_SHOP: Words = ["Visit the shop", "Mağazaya git", "Kunjungi toko"];

type Parts = Parameters<typeof blocksOf>[0];

const mail = (
  id: string,
  purpose: Starter["purpose"],
  name: Words,
  about: Words,
  subject: Words,
  preheader: Words,
  parts: (say: Say) => Parts,
): Starter => ({
  id,
  channel: "email",
  purpose,
  name,
  about,
  write: (say) => ({
    subject: say(subject),
    preheader: say(preheader),
    blocks: blocksOf([{ kind: "logo" }, ...parts(say), { kind: "footer" }], (block) => emailBlock.parse(block)),
  }),
});

export const mails: readonly Starter[] = [
  mail(
    "blank",
    "marketing",
    ["Empty letter", "Boş mektup", "Surat kosong"],
    ["A greeting and a paragraph.", "Bir selam ve bir paragraf.", "Salam dan satu paragraf."],
    ["News from {{ brand.name }}", "{{ brand.name }} haberleri", "Kabar dari {{ brand.name }}"],
    ["What is new", "Yenilikler", "Yang baru"],
    (say) => [
      { kind: "heading", text: say(HELLO) },
      {
        kind: "text",
        html: say([
          "<p>What is there to say?</p>",
          "<p>Ne söylemek istersiniz?</p>",
          "<p>Apa yang ingin Anda sampaikan?</p>",
        ]),
      },
    ],
  ),
  mail(
    "welcome",
    "marketing",
    ["Welcome", "Hoş geldiniz", "Selamat datang"],
    [
      "The first letter: who we are, the nearest store, what suits them.",
      "İlk mektup: biz kimiz, en yakın mağaza, onlara uyanlar.",
      "Surat pertama: siapa kami, toko terdekat, yang cocok.",
    ],
    ["Welcome to {{ brand.name }}", "{{ brand.name }} dünyasına hoş geldiniz", "Selamat datang di {{ brand.name }}"],
    ["Good to have you with us", "Aramızda olmanıza sevindik", "Senang Anda bersama kami"],
    (say) => [
      { kind: "heading", text: say(HELLO) },
      {
        kind: "text",
        html: say([
          "<p>Good to have you with us. Your cart, your lists and your card are the same on your phone, on the web and in every store.</p>",
          "<p>Aramızda olmanıza sevindik. Sepetiniz, listeleriniz ve kartınız telefonda, web’de ve her mağazada aynıdır.</p>",
          "<p>Senang Anda bersama kami. Keranjang, daftar, dan kartu Anda sama di ponsel, web, dan setiap toko.</p>",
        ]),
      },
      { kind: "button", text: say(TO_SHOP), url: "{{ brand.url }}" },
      { kind: "heading", level: 2, text: say(["Made for you", "Sizin için seçtiklerimiz", "Pilihan untuk Anda"]) },
      { kind: "products", source: "recommendations", limit: 3 },
      { kind: "fact", shows: "store" },
    ],
  ),
  mail(
    "cart",
    "marketing",
    ["Abandoned cart", "Terk edilmiş sepet", "Keranjang tertinggal"],
    [
      "What is still in the cart, with price and stock of this moment.",
      "Sepette kalanlar, o anki fiyat ve stokla.",
      "Isi keranjang dengan harga dan stok saat ini.",
    ],
    [
      'Your {{ cart.items[0].title | default: "cart" }} is still here',
      "{% if cart.count > 0 %}{{ cart.items[0].title }}{% else %}Sepetiniz{% endif %} sizi bekliyor",
      '{{ cart.items[0].title | default: "Keranjang Anda" }} masih menunggu',
    ],
    [
      "On every device you sign in on, and at the till",
      "Giriş yaptığınız her cihazda ve kasada",
      "Di semua perangkat Anda, juga di kasir",
    ],
    (say) => [
      { kind: "heading", text: say(HELLO) },
      {
        kind: "text",
        html: say([
          "<p>You left this in your cart.</p>",
          "<p>Bunları sepetinizde bıraktınız.</p>",
          "<p>Barang ini tertinggal di keranjang Anda.</p>",
        ]),
      },
      { kind: "products", source: "cart", limit: 4 },
      { kind: "button", text: say(["Back to my cart", "Sepetime dön", "Kembali ke keranjang"]), url: "{{ cart.url }}" },
    ],
  ),
  mail(
    "back_in_stock",
    "marketing",
    ["Back in stock", "Yeniden stokta", "Tersedia lagi"],
    [
      "With a picture that says how many are left when it is opened.",
      "Açıldığında kaç adet kaldığını gösteren görselle.",
      "Dengan gambar sisa stok saat dibuka.",
    ],
    [
      '{{ event.properties.name | default: "It" }} is back',
      '{{ event.properties.name | default: "Beklediğiniz ürün" }} geri geldi',
      '{{ event.properties.name | default: "Barang Anda" }} tersedia lagi',
    ],
    ["You asked us to tell you", "Haber vermemizi istemiştiniz", "Anda meminta kabar dari kami"],
    (say) => [
      { kind: "heading", text: say(HELLO) },
      {
        kind: "text",
        html: say([
          '<p><strong>{{ event.properties.name | default: "What you were waiting for" }}</strong> is back.</p>',
          '<p><strong>{{ event.properties.name | default: "Beklediğiniz ürün" }}</strong> yeniden stokta.</p>',
          '<p><strong>{{ event.properties.name | default: "Yang Anda tunggu" }}</strong> tersedia lagi.</p>',
        ]),
      },
      {
        kind: "live",
        shows: "stock",
        variant: "{{ event.properties.variant_id }}",
        alt: say(["How many are left", "Kalan adet", "Sisa stok"]),
      },
      {
        kind: "button",
        text: say(["Take a look", "Ürüne bak", "Lihat"]),
        url: "{{ event.properties.url | default: brand.url }}",
      },
    ],
  ),
  mail(
    "win_back",
    "marketing",
    ["We miss you", "Sizi özledik", "Kami merindukan Anda"],
    [
      "For those who have not bought for a while.",
      "Bir süredir alışveriş yapmayanlar için.",
      "Untuk yang sudah lama tidak membeli.",
    ],
    ["It has been a while", "Uzun zaman oldu", "Sudah lama tidak bertemu"],
    ["See what came in since", "O zamandan beri gelenlere bakın", "Lihat yang baru sejak itu"],
    (say) => [
      { kind: "heading", text: say(HELLO) },
      {
        kind: "text",
        html: say([
          "<p>It has been a while. This came in since you were here last.</p>",
          "<p>Uzun zaman oldu. Son gelişinizden beri gelenler burada.</p>",
          "<p>Sudah lama. Ini yang datang sejak kunjungan terakhir Anda.</p>",
        ]),
      },
      { kind: "products", source: "recommendations", limit: 4 },
      { kind: "button", text: say(TO_SHOP), url: "{{ brand.url }}" },
    ],
  ),
  mail(
    "birthday",
    "marketing",
    ["Birthday", "Doğum günü", "Ulang tahun"],
    [
      "Wishes, with how long the present lasts.",
      "Hediyenin ne kadar süreceğini de gösteren kutlama.",
      "Ucapan, dengan sisa waktu hadiah.",
    ],
    [
      "Happy birthday{% if person.first_name %}, {{ person.first_name }}{% endif %}",
      "İyi ki doğdunuz{% if person.first_name %}, {{ person.first_name }}{% endif %}",
      "Selamat ulang tahun{% if person.first_name %}, {{ person.first_name }}{% endif %}",
    ],
    ["A present waits for you", "Sizi bir hediye bekliyor", "Ada hadiah untuk Anda"],
    (say) => [
      { kind: "heading", text: say(["Happy birthday!", "Nice yıllara!", "Selamat ulang tahun!"]), align: "center" },
      {
        kind: "text",
        align: "center",
        html: say([
          "<p>A present waits for you in every store and on the web.</p>",
          "<p>Her mağazada ve web’de sizi bir hediye bekliyor.</p>",
          "<p>Ada hadiah untuk Anda di setiap toko dan di web.</p>",
        ]),
      },
      {
        kind: "live",
        shows: "countdown",
        until: "{{ data.ends_at }}",
        alt: say(["How long it lasts", "Kalan süre", "Sisa waktu"]),
        align: "center",
      },
      { kind: "fact", shows: "balance", align: "center" },
      { kind: "button", text: say(TO_SHOP), url: "{{ brand.url }}", align: "center" },
    ],
  ),
  mail(
    "receipt",
    "transactional",
    ["Receipt", "Fiş", "Struk"],
    [
      "What was bought, on any channel.",
      "Hangi kanalda olursa olsun satın alınanlar.",
      "Yang dibeli, di kanal mana pun.",
    ],
    [
      'Your order {{ data.order_id | default: "" }}',
      '{{ data.order_id | default: "" }} numaralı siparişiniz',
      'Pesanan Anda {{ data.order_id | default: "" }}',
    ],
    ["Thank you", "Teşekkür ederiz", "Terima kasih"],
    (say) => [
      { kind: "heading", text: say(["Thank you", "Teşekkür ederiz", "Terima kasih"]) },
      {
        kind: "text",
        html: say([
          '<p>We have your order {{ data.order_id | default: "" }}.</p>',
          '<p>{{ data.order_id | default: "" }} numaralı siparişinizi aldık.</p>',
          '<p>Pesanan {{ data.order_id | default: "" }} sudah kami terima.</p>',
        ]),
      },
      { kind: "divider" },
      {
        kind: "text",
        html: "{% for line in data.lines %}<p>{{ line.quantity }} × {{ line.title }} · {{ line.price | money }}</p>{% endfor %}<p><strong>{{ data.total | money }}</strong></p>",
      },
      { kind: "fact", shows: "balance" },
    ],
  ),
];
