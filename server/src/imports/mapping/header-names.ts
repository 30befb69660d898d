import type { ImportKind } from "../contracts.ts";

/** Headers of shops, tills and lists in English, Turkish and Indonesian, folded as `foldHeader` does, by what they mean. */
const WHO: Readonly<Record<string, string>> = {
  user_id:
    "user_id userid customer_id customerid customer_no customer_number customer client_id member_id household_id external_id musteri_no musteri_id musteri_numarasi musteri_kodu uye_no id_pelanggan nomor_pelanggan kode_pelanggan",
  loyalty_id:
    "loyalty_id loyalty_card loyalty_no card_number card_no kart_no kart_numarasi sadakat_no nomor_kartu nomor_anggota",
  email:
    "email e_mail email_address mail eposta e_posta e_posta_adresi eposta_adresi mail_adresi surel alamat_email customer_email contact_email",
  phone:
    "phone phone_number telephone mobile mobile_phone cell gsm telefon telefon_no telefon_numarasi cep cep_telefonu telepon nomor_telepon no_telepon no_hp nomor_hp customer_phone",
  anonymous_id: "anonymous_id anonymousid device_id visitor_id cookie_id session_id",
};

const ORDER: Readonly<Record<string, string>> = {
  order_id:
    "order_id orderid order_no order_number order ordernumber invoice invoiceno invoice_no invoice_number receipt receipt_no transaction_id basket_id name siparis_no siparis_id siparis_numarasi siparis fis_no fatura_no fatura_numarasi no_pesanan nomor_pesanan id_pesanan no_faktur nomor_faktur no_struk",
  time: "created_at order_date ordered_at date datetime timestamp time invoicedate invoice_date transaction_timestamp transaction_date paid_at purchased_at siparis_tarihi tarih fatura_tarihi islem_tarihi tanggal tanggal_pesanan waktu tanggal_transaksi",
  currency: "currency currency_code para_birimi doviz mata_uang",
  channel: "channel sales_channel kanal satis_kanali saluran",
  store_id: "store_id store shop location_id branch magaza magaza_kodu magaza_no sube toko id_toko cabang",
  status:
    "status order_status financial_status type transaction_type siparis_durumu durum islem_tipi tip jenis status_pesanan",
  revenue: "revenue net_sales net_amount net_tutar ciro pendapatan",
  total:
    "total order_total total_price grand_total amount total_amount toplam genel_toplam tutar toplam_tutar jumlah_total total_harga total_bayar",
  subtotal: "subtotal sub_total subtotal_price ara_toplam",
  shipping:
    "shipping shipping_price shipping_amount shipping_cost delivery kargo kargo_ucreti ongkir ongkos_kirim biaya_kirim",
  tax: "tax taxes total_tax vat kdv vergi ppn pajak",
  discount: "discount discount_amount total_discount indirim indirim_tutari diskon potongan",
  coupon: "coupon discount_code coupon_code voucher kupon kupon_kodu indirim_kodu kode_kupon kode_voucher",
  refund_id: "refund_id return_id iade_no",
  refund_amount: "refunded_amount refund_amount iade_tutari jumlah_refund",
  product_id:
    "product_id productid stockcode stock_code item_id variant_id urun_id urun_kodu stok_kodu id_produk kode_produk kode_barang",
  sku: "sku lineitem_sku barcode ean gtin barkod",
  product_name:
    "product_name product lineitem_name item_name description title urun_adi urun aciklama nama_produk nama_barang produk",
  category: "category product_category department product_type kategori",
  brand: "brand vendor manufacturer marka merek merk",
  variant: "variant variant_title varyant varian",
  size: "size beden ukuran",
  color: "color colour renk warna",
  quantity: "quantity qty lineitem_quantity units pieces adet miktar jumlah kuantitas",
  price: "price unit_price unitprice lineitem_price item_price fiyat birim_fiyat harga harga_satuan",
  line_total: "line_total sales_value line_amount line_price satir_tutari satir_toplami subtotal_produk",
};

const EVENT: Readonly<Record<string, string>> = {
  id: "id message_id messageid event_id uuid olay_id",
  event: "event event_name eventname action olay olay_adi nama_event kejadian",
  type: "type event_type call",
  time: "timestamp time original_timestamp sent_at occurred_at created_at date datetime event_time tarih zaman waktu tanggal",
  channel: "channel kanal saluran",
  touchpoint: "touchpoint",
};

const PEOPLE: Readonly<Record<string, string>> = {
  time: "updated_at last_updated modified_at timestamp guncelleme_tarihi diperbarui",
  consent_source: "consent_source opt_in_source optin_source izin_kaynagi onay_kaynagi sumber_persetujuan",
  consent_wording: "consent_wording consent_text opt_in_text izin_metni onay_metni teks_persetujuan",
  consent_at: "consent_at consent_date opt_in_at optin_date subscribed_at izin_tarihi onay_tarihi tanggal_persetujuan",
  "consent:email":
    "accepts_email_marketing email_marketing email_consent email_opt_in newsletter accepts_marketing e_posta_izni eposta_izni izin_email bulten persetujuan_email",
  "consent:sms": "accepts_sms_marketing sms_marketing sms_consent sms_opt_in sms_izni persetujuan_sms",
  "trait:name": "name full_name fullname display_name ad_soyad adsoyad isim_soyisim nama nama_lengkap",
  "trait:first_name": "first_name firstname given_name ad adi isim nama_depan",
  "trait:last_name": "last_name lastname surname family_name soyad soyadi soyisim nama_belakang",
  "trait:birthday": "birthday birth_date birthdate date_of_birth dob dogum_tarihi dogum_gunu tanggal_lahir",
  "trait:gender": "gender sex cinsiyet jenis_kelamin",
  "trait:city": "city town sehir il default_address_city kota",
  "trait:country": "country country_code ulke default_address_country_code negara",
  "trait:postal_code": "postal_code postcode zip zip_code default_address_zip posta_kodu kode_pos",
  "trait:address": "address address1 street default_address_address1 adres alamat",
  "trait:language": "language locale lang dil bahasa",
  "trait:company": "company default_address_company sirket firma perusahaan",
  "trait:tags": "tags etiketler label",
};

/** `"Müşteri No."` → `musteri_no`, `"InvoiceNo"` stays one word as `invoiceno`. */
export function foldHeader(name: string): string {
  return name
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replaceAll("ı", "i")
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
}

function index(...groups: Readonly<Record<string, string>>[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const group of groups) {
    for (const [field, words] of Object.entries(group)) {
      for (const word of words.split(" ")) if (!names.has(word)) names.set(word, field);
    }
  }
  return names;
}

/** Folded header → field. What a kind knows for itself goes before what all share. */
export const HEADERS: Readonly<Record<ImportKind, ReadonlyMap<string, string>>> = {
  people: index(PEOPLE, WHO),
  events: index(EVENT, WHO),
  orders: index(ORDER, WHO),
};
