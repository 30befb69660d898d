interface Words {
  readonly subject: string;
  readonly greeting: string;
  readonly stranger: string;
  readonly lead: string;
  readonly size: string;
  readonly onlyLeft: string;
  readonly soldOut: string;
  readonly button: string;
  readonly reason: string;
  readonly unsubscribe: string;
}

const WORDS: Readonly<Record<"en" | "tr" | "id", Words>> = {
  en: {
    subject:
      "{{ person.first_name | default: 'Hello' }}, your {{ cart.items[0].title | default: 'cart' }} is still here",
    greeting: "Hello",
    stranger: "there",
    lead: "You left this in your cart. It is on every device you sign in on, and at the till.",
    size: "Size",
    onlyLeft: "Only {{ item.stock }} left",
    soldOut: "Just sold out",
    button: "Back to my cart",
    reason: "You get this mail because you asked for our news.",
    unsubscribe: "Unsubscribe",
  },
  tr: {
    subject:
      "{{ person.first_name | default: 'Merhaba' }}, sepetiniz sizi bekliyor{% if cart.count > 0 %}: {{ cart.items[0].title }}{% endif %}",
    greeting: "Merhaba",
    stranger: "",
    lead: "Bunu sepetinizde bıraktınız. Giriş yaptığınız her cihazda ve mağazada kasada da sizinle.",
    size: "Beden",
    onlyLeft: "Yalnızca {{ item.stock }} adet kaldı",
    soldOut: "Az önce tükendi",
    button: "Sepetime dön",
    reason: "Bu e-postayı haberlerimizi istediğiniz için alıyorsunuz.",
    unsubscribe: "Abonelikten çık",
  },
  id: {
    subject:
      "{{ person.first_name | default: 'Halo' }}, keranjang Anda masih menunggu{% if cart.count > 0 %}: {{ cart.items[0].title }}{% endif %}",
    greeting: "Halo",
    stranger: "",
    lead: "Barang ini tertinggal di keranjang Anda. Keranjang itu ada di semua perangkat Anda, juga di kasir.",
    size: "Ukuran",
    onlyLeft: "Tinggal {{ item.stock }} lagi",
    soldOut: "Baru saja habis",
    button: "Kembali ke keranjang",
    reason: "Anda menerima email ini karena ingin mendapat kabar dari kami.",
    unsubscribe: "Berhenti berlangganan",
  },
};

/** The abandoned-cart letter: her name, the pictures of what she left, and how many of each there are now. */
export const cartLetter = {
  name: "Abandoned cart",
  channel: "email" as const,
  purpose: "marketing" as const,
  default_language: "en",
  contents: {
    en: { subject: WORDS.en.subject, body: letter(WORDS.en) },
    tr: { subject: WORDS.tr.subject, body: letter(WORDS.tr) },
    id: { subject: WORDS.id.subject, body: letter(WORDS.id) },
  },
};

function letter(words: Words): string {
  return `<mjml>
  <mj-head>
    <mj-attributes>
      <mj-all font-family="Helvetica, Arial, sans-serif" />
      <mj-text font-size="16px" line-height="24px" color="#2b2723" />
    </mj-attributes>
  </mj-head>
  <mj-body background-color="#f4f1ec">
    <mj-section background-color="#ffffff" padding="32px 24px 8px">
      <mj-column>
        <mj-text font-size="20px" font-weight="700" color="#b3312c">{{ brand.name }}</mj-text>
        <mj-text font-size="24px" line-height="32px" font-weight="700">${words.greeting} {{ person.first_name | default: "${words.stranger}" }},</mj-text>
        <mj-text>${words.lead}</mj-text>
      </mj-column>
    </mj-section>
    <mj-raw>{% for item in cart.items limit: 4 %}</mj-raw>
    <mj-section background-color="#ffffff" padding="8px 24px">
      <mj-column width="40%">
        <mj-image src="{{ item.image_url | replace: '.svg', '.png' }}" alt="{{ item.title }}" href="{{ cart.url }}" width="200px" padding="0" />
      </mj-column>
      <mj-column width="60%" vertical-align="middle">
        <mj-text font-weight="700">{{ item.title }}</mj-text>
        <mj-text padding-top="0">{% if item.size %}${words.size} {{ item.size }} · {% endif %}{{ item.price | money }}</mj-text>
        <mj-text padding-top="0" color="#b3312c" font-weight="700">{% if item.stock <= 0 %}${words.soldOut}{% elsif item.stock <= 3 %}${words.onlyLeft}{% endif %}</mj-text>
      </mj-column>
    </mj-section>
    <mj-raw>{% endfor %}</mj-raw>
    <mj-section background-color="#ffffff" padding="8px 24px 32px">
      <mj-column>
        <mj-button href="{{ cart.url }}" background-color="#b3312c" color="#ffffff" border-radius="6px" font-size="16px">${words.button}</mj-button>
      </mj-column>
    </mj-section>
    <mj-section padding="16px 24px">
      <mj-column>
        <mj-text font-size="12px" line-height="18px" align="center" color="#6b645c">${words.reason} <a href="{{ unsubscribe_url }}" style="color:#6b645c">${words.unsubscribe}</a></mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>`;
}
