import type { Variable } from "../templates/contracts.ts";

type Words = readonly [en: string, tr: string, id: string];

interface Told extends Omit<Variable, "meaning" | "example"> {
  readonly meaning: Words;
  readonly example: string;
}

const told = (
  group: string,
  name: string,
  type: Variable["type"],
  example: string,
  meaning: Words,
  may_be_missing = false,
): Told => ({ group, name, type, example, meaning, may_be_missing });

/** Every variable a template may read, with what it is. Traits of people are endless: those here are the usual ones. */
export const VARIABLES: readonly Told[] = [
  told(
    "person",
    "person.first_name",
    "text",
    "Ayşe",
    ["First name, as it was told.", "Bildirdiği adı.", "Nama depan, seperti yang diberikan."],
    true,
  ),
  told("person", "person.last_name", "text", "Yılmaz", ["Last name.", "Soyadı.", "Nama belakang."], true),
  told(
    "person",
    "person.email",
    "text",
    "ayse@example.com",
    [
      "E-mail address; empty on other channels for those without one.",
      "E-posta adresi; başka kanallarda boş olabilir.",
      "Alamat email; bisa kosong di kanal lain.",
    ],
    true,
  ),
  told(
    "person",
    "person.phone",
    "text",
    "+905321234567",
    ["Phone number.", "Telefon numarası.", "Nomor telepon."],
    true,
  ),
  told("person", "person.city", "text", "İzmir", ["City.", "Şehir.", "Kota."], true),
  told("person", "person.birthday", "time", "1990-05-14", ["Birthday.", "Doğum günü.", "Tanggal lahir."], true),
  told("person", "person.language", "text", "tr", [
    "The language this message is made in.",
    "Bu iletinin dili.",
    "Bahasa pesan ini.",
  ]),
  told(
    "person",
    "person.computed.orders",
    "number",
    "4",
    ["How many orders on all channels.", "Tüm kanallardaki sipariş sayısı.", "Jumlah pesanan di semua kanal."],
    true,
  ),
  told(
    "person",
    "person.computed.last_order_at",
    "time",
    "2026-10-02T11:20:00Z",
    ["When the last order was.", "Son siparişin zamanı.", "Waktu pesanan terakhir."],
    true,
  ),
  told(
    "person",
    "person.computed.preferred_channel",
    "text",
    "web",
    ["The channel used most.", "En çok kullandığı kanal.", "Kanal yang paling sering dipakai."],
    true,
  ),
  told(
    "person",
    "person.computed.last_category",
    "text",
    "shoes",
    ["The category looked at last.", "Son baktığı kategori.", "Kategori terakhir yang dilihat."],
    true,
  ),
  told("cart", "cart.items", "list", "[…]", [
    "The lines of the cart as they are when the message is made.",
    "İleti hazırlanırken sepetteki satırlar.",
    "Isi keranjang saat pesan dibuat.",
  ]),
  told(
    "cart",
    "cart.items[0].title",
    "text",
    "Deri çanta",
    [
      "Title of the first line, in the reader's language.",
      "İlk satırın başlığı, okurun dilinde.",
      "Judul baris pertama, dalam bahasa pembaca.",
    ],
    true,
  ),
  told(
    "cart",
    "cart.items[0].price",
    "money",
    "1299.50 TRY",
    [
      "Its price now; write it with | money.",
      "Şu anki fiyatı; | money ile yazın.",
      "Harganya sekarang; tulis dengan | money.",
    ],
    true,
  ),
  told(
    "cart",
    "cart.items[0].stock",
    "number",
    "2",
    ["Pieces that can be sold now.", "Şu an satılabilecek adet.", "Jumlah yang bisa dijual sekarang."],
    true,
  ),
  told(
    "cart",
    "cart.items[0].image_url",
    "address",
    "https://…/p.png",
    ["Its picture.", "Görseli.", "Gambarnya."],
    true,
  ),
  told(
    "cart",
    "cart.items[0].url",
    "address",
    "https://…/p/1",
    ["Its page in the shop.", "Mağazadaki sayfası.", "Halamannya di toko."],
    true,
  ),
  told("cart", "cart.count", "number", "3", [
    "Pieces in the cart; 0 when it is empty.",
    "Sepetteki adet; boşsa 0.",
    "Jumlah barang di keranjang; 0 bila kosong.",
  ]),
  told("cart", "cart.url", "address", "https://…/cart", [
    "The cart in the shop.",
    "Mağazadaki sepet.",
    "Keranjang di toko.",
  ]),
  told("list", "list.items", "list", "[…]", [
    "What is on the wish list, like the lines of the cart.",
    "İstek listesindekiler, sepet satırları gibi.",
    "Isi daftar keinginan, seperti baris keranjang.",
  ]),
  told("list", "list.count", "number", "2", ["Pieces on the list.", "Listedeki adet.", "Jumlah barang di daftar."]),
  told("products", "recommendations", "list", "[…]", [
    "Products of the category looked at last: title, price, stock, image_url, url.",
    "Son bakılan kategorinin ürünleri: title, price, stock, image_url, url.",
    "Produk dari kategori terakhir dilihat: title, price, stock, image_url, url.",
  ]),
  told(
    "loyalty",
    "balance.points",
    "number",
    "420",
    ["Points of the rewards card.", "Sadakat kartındaki puan.", "Poin kartu loyalitas."],
    true,
  ),
  told(
    "loyalty",
    "balance.value",
    "money",
    "42.00 TRY",
    ["Stored value of the card.", "Karttaki bakiye.", "Nilai tersimpan di kartu."],
    true,
  ),
  told(
    "store",
    "nearest_store.name",
    "text",
    "Kadıköy",
    [
      "Name of the nearest store, by where somebody lives.",
      "Yaşadığı yere en yakın mağazanın adı.",
      "Nama toko terdekat dari tempat tinggalnya.",
    ],
    true,
  ),
  told("store", "nearest_store.address", "text", "Moda Cad. 12", ["Its address.", "Adresi.", "Alamatnya."], true),
  told("store", "nearest_store.city", "text", "İstanbul", ["Its city.", "Şehri.", "Kotanya."], true),
  told(
    "store",
    "store.name",
    "text",
    "Kadıköy",
    ["Name of the store somebody prefers.", "Tercih ettiği mağazanın adı.", "Nama toko pilihannya."],
    true,
  ),
  told(
    "person",
    "balance.points",
    "number",
    "–",
    [
      "Loyalty points. Empty for everybody until a loyalty programme is kept here: give it a default.",
      "Sadakat puanı. Burada bir sadakat programı tutulana dek herkes için boş: varsayılan verin.",
      "Poin loyalitas. Kosong bagi semua orang sampai program loyalitas disimpan di sini: beri nilai bawaan.",
    ],
    true,
  ),
  told(
    "person",
    "balance.value",
    "money",
    "–",
    [
      "Stored value of the rewards card. Empty as the points are.",
      "Sadakat kartındaki bakiye. Puanlar gibi boş.",
      "Saldo kartu hadiah. Kosong seperti poinnya.",
    ],
    true,
  ),
  told(
    "event",
    "event.properties",
    "list",
    "{…}",
    [
      "What the event that began the journey carried.",
      "Yolculuğu başlatan olayın taşıdıkları.",
      "Isi peristiwa yang memulai perjalanan.",
    ],
    true,
  ),
  told(
    "event",
    "data.order_id",
    "text",
    "A-1001",
    [
      "What the caller of the API gave as data.",
      "API çağrısında data olarak verilenler.",
      "Yang diberikan pemanggil API sebagai data.",
    ],
    true,
  ),
  told("brand", "brand.name", "text", "Dokuma", ["Name of the brand.", "Markanın adı.", "Nama merek."]),
  told("brand", "brand.url", "address", "https://…", ["The shop.", "Mağaza.", "Toko."]),
  told("brand", "brand.colors.primary", "text", "#b3312c", [
    "A colour of the brand kit; also on_primary, accent, background, surface, text, muted.",
    "Marka kitinin bir rengi; ayrıca on_primary, accent, background, surface, text, muted.",
    "Warna dari kit merek; juga on_primary, accent, background, surface, text, muted.",
  ]),
  told("brand", "brand.footer", "text", "Dokuma A.Ş. …", [
    "The legal footer in the reader's language.",
    "Okurun dilinde yasal alt bilgi.",
    "Catatan hukum dalam bahasa pembaca.",
  ]),
  told("message", "unsubscribe_url", "address", "https://…/t/u/…", [
    "Where this person gets no more of these.",
    "Kişinin bu iletileri durdurabileceği adres.",
    "Alamat untuk berhenti menerima pesan ini.",
  ]),
  told("message", "preferences_url", "address", "https://…/t/p/…", [
    "Where this person chooses what to hear about, and on which channels.",
    "Kişinin hangi konuları hangi kanallardan alacağını seçtiği adres.",
    "Alamat untuk memilih topik dan kanal.",
  ]),
  told("message", "confirm_url", "address", "https://…/t/d/…", [
    "In a mail: where its reader confirms the address and says yes to marketing (double opt-in).",
    "E-postada: okurun adresini onayladığı ve pazarlamaya izin verdiği adres (çift onay).",
    "Dalam email: tempat pembaca mengonfirmasi alamat dan menyetujui pemasaran (double opt-in).",
  ]),
  told("message", "language", "text", "tr", [
    "The language this message is made in.",
    "Bu iletinin dili.",
    "Bahasa pesan ini.",
  ]),
];

const FILTERS: readonly { name: string; example: string; meaning: Words }[] = [
  {
    name: "default",
    example: '{{ person.first_name | default: "there" }}',
    meaning: [
      "What stands there for those who lack it.",
      "Değeri olmayanlarda yazılacak metin.",
      "Yang ditulis bila nilainya tidak ada.",
    ],
  },
  {
    name: "money",
    example: "{{ item.price | money }}",
    meaning: ["A price as people write it.", "İnsanların yazdığı biçimde fiyat.", "Harga seperti biasa ditulis."],
  },
  {
    name: "date",
    example: '{{ person.birthday | date: "%d.%m.%Y" }}',
    meaning: ["A day or time in this form.", "Bu biçimde gün veya saat.", "Tanggal atau waktu dalam bentuk ini."],
  },
  {
    name: "json",
    example: "{{ cart.items | json }}",
    meaning: [
      "A whole value as JSON, for webhooks.",
      "Webhook için JSON olarak bütün değer.",
      "Seluruh nilai sebagai JSON, untuk webhook.",
    ],
  },
  {
    name: "stock_image",
    example: '<img src="{{ item.variant_id | stock_image }}" alt="">',
    meaning: [
      "A picture that says how many are left when it is opened.",
      "Açıldığında kaç adet kaldığını gösteren görsel.",
      "Gambar yang menunjukkan sisa stok saat dibuka.",
    ],
  },
  {
    name: "countdown_image",
    example: '<img src="{{ event.properties.ends_at | countdown_image }}" alt="">',
    meaning: [
      "A picture that says how long something still lasts.",
      "Ne kadar süre kaldığını gösteren görsel.",
      "Gambar yang menunjukkan sisa waktu.",
    ],
  },
];

const LANGUAGES = ["en", "tr", "id"];

/** The variables and filters, said in a language of ours. */
export function spellOut(language: string): {
  items: Variable[];
  filters: { name: string; meaning: string; example: string }[];
} {
  const at = Math.max(0, LANGUAGES.indexOf(language.slice(0, 2)));
  const say = <T extends { readonly meaning: Words }>(one: T) => ({
    ...one,
    meaning: one.meaning[at] ?? one.meaning[0],
  });
  return { items: VARIABLES.map(say), filters: FILTERS.map(say) };
}
