import { blockWordsFor } from "./block-words.ts";
import type { BlockColor, ColumnBlock, EmailBlock } from "./email-blocks.ts";
import { escapeHtml } from "./escape-html.ts";
import { splitLiquid } from "./liquid-tags.ts";

/** A shared block where it is used: what it says in the language that is being compiled. */
export interface SharedEmail {
  readonly blocks: readonly EmailBlock[];
}

export interface MjmlOptions {
  readonly language: string;
  readonly preheader?: string;
  readonly shared: ReadonlyMap<string, SharedEmail>;
}

/** The MJML of a mail made of blocks. Colours, fonts and corners are the brand kit's unless a block has its own. */
export function blocksToMjml(blocks: readonly EmailBlock[], options: MjmlOptions): string {
  const preview = options.preheader ? `<mj-preview>${escapeAround(options.preheader)}</mj-preview>` : "";
  return `<mjml>
<mj-head>
<mj-attributes>
<mj-all font-family="{{ brand.fonts.body }}" />
<mj-text color="{{ brand.colors.text }}" font-size="16px" line-height="24px" padding="8px 24px" />
<mj-section background-color="{{ brand.colors.surface }}" padding="4px 0" />
<mj-image padding="8px 24px" />
<mj-button padding="8px 24px" background-color="{{ brand.colors.primary }}" color="{{ brand.colors.on_primary }}" border-radius="{{ brand.radius }}px" font-size="16px" inner-padding="12px 24px" />
</mj-attributes>${preview}
</mj-head>
<mj-body background-color="{{ brand.colors.background }}">
${sectionsOf(blocks, options)}
</mj-body>
</mjml>`;
}

/** The sections alone, to stand among others. */
export function sectionsOf(blocks: readonly EmailBlock[], options: MjmlOptions): string {
  return blocks.map((block) => wrapCondition(block.when, section(block, options))).join("\n");
}

/** A condition stands between sections, where only <mj-raw> comes through MJML. */
function wrapCondition(when: string | undefined, mjml: string): string {
  const condition = when?.trim();
  if (!condition || mjml === "") return mjml;
  return `<mj-raw>{% if ${condition} %}</mj-raw>\n${mjml}\n<mj-raw>{% endif %}</mj-raw>`;
}

function section(block: EmailBlock, options: MjmlOptions): string {
  const background = block.background ? ` background-color="${colorOf(block.background)}"` : "";
  switch (block.kind) {
    case "shared":
      return sectionsOf(options.shared.get(block.block_id)?.blocks ?? [], options);
    case "columns": {
      const columns = block.columns.map(
        ({ width, blocks }) =>
          `<mj-column${width ? ` width="${width}%"` : ""}>${blocks.map((inner) => element(inner, options)).join("")}</mj-column>`,
      );
      return `<mj-section${background}>${columns.join("")}</mj-section>`;
    }
    case "products":
      return products(block, background, options.language);
    case "footer":
      return footer(options.language);
    default:
      return `<mj-section${background}><mj-column>${element({ ...block, when: undefined }, options)}</mj-column></mj-section>`;
  }
}

function element(block: ColumnBlock, options: MjmlOptions): string {
  return wrapCondition(block.when, content(block, options));
}

const HEADING_SIZES = { 1: [28, 36], 2: [22, 30], 3: [18, 26] } as const;

function content(block: ColumnBlock, { language }: MjmlOptions): string {
  const words = blockWordsFor(language);
  switch (block.kind) {
    case "heading": {
      const [size, height] = HEADING_SIZES[block.level];
      const color = block.color ? ` color="${colorOf(block.color)}"` : "";
      const tag = `h${block.level}`;
      const style = "margin:0;font-size:inherit;font-weight:inherit;line-height:inherit";
      return `<mj-text font-family="{{ brand.fonts.heading }}" font-size="${size}px" line-height="${height}px" font-weight="700" align="${block.align}"${color}><${tag} style="${style}">${escapeAround(block.text)}</${tag}></mj-text>`;
    }
    case "text": {
      const color = block.color ? ` color="${colorOf(block.color)}"` : "";
      const size = block.size ? ` font-size="${block.size}px" line-height="${Math.round(block.size * 1.5)}px"` : "";
      return `<mj-text align="${block.align}"${color}${size}>${spaced(block.html)}</mj-text>`;
    }
    case "image": {
      const link = block.link ? ` href="${attribute(block.link)}"` : "";
      const width = block.width ? ` width="${block.width}px"` : "";
      return `<mj-image src="${attribute(block.url)}" alt="${attribute(block.alt)}" align="${block.align}"${link}${width} />`;
    }
    case "button": {
      const color = block.color ? ` background-color="${colorOf(block.color)}"` : "";
      const ink = block.text_color ? ` color="${colorOf(block.text_color)}"` : "";
      return `<mj-button href="${attribute(block.url)}" align="${block.align}"${color}${ink}>${escapeAround(block.text)}</mj-button>`;
    }
    case "divider":
      return `<mj-divider border-width="1px" border-color="${colorOf(block.color ?? "muted")}" padding="12px 24px" />`;
    case "spacer":
      return `<mj-spacer height="${block.height}px" />`;
    case "live": {
      const filter = block.shows === "stock" ? "stock_image" : "countdown_image";
      const subject = liquidValue(block.shows === "stock" ? block.variant : block.until);
      return `<mj-image src="{{ ${subject} | ${filter} }}" alt="${attribute(block.alt)}" align="${block.align}" width="240px" />`;
    }
    case "logo":
      return `<mj-text align="${block.align}" font-family="{{ brand.fonts.heading }}" font-size="22px" line-height="30px" font-weight="700" color="{{ brand.colors.primary }}"><a href="{{ brand.url }}" style="color:inherit;text-decoration:none">{% if brand.logo %}<img src="{{ brand.logo.url }}" alt="{{ brand.logo.alt }}" width="{{ brand.logo.width }}" style="border:0;max-width:100%;height:auto" />{% else %}{{ brand.name }}{% endif %}</a></mj-text>`;
    case "fact":
      return block.shows === "store"
        ? `<mj-text align="${block.align}">{% if nearest_store %}<strong>${words.nearestStore}</strong><br />{{ nearest_store.name }} · {{ nearest_store.address }}, {{ nearest_store.city }}{% endif %}</mj-text>`
        : `<mj-text align="${block.align}">{% if balance %}<strong>${words.balance}</strong><br />{{ balance.points }} ${words.points}{% if balance.value %} · {{ balance.value | money }}{% endif %}{% endif %}</mj-text>`;
    case "code":
      return block.mjml;
  }
}

type Products = Extract<EmailBlock, { kind: "products" }>;

const LOOPS = { cart: "cart.items", list: "list.items", recommendations: "recommendations" } as const;

function products(block: Products, background: string, language: string): string {
  const words = blockWordsFor(language);
  const price = block.show_price ? `<mj-text padding-top="0">{{ item.price | money }}</mj-text>` : "";
  const stock = block.show_stock
    ? `<mj-text padding-top="0" color="{{ brand.colors.primary }}" font-weight="700">{% if item.stock <= 0 %}${words.soldOut}{% elsif item.stock <= 3 %}${words.onlyLeft.replace("{n}", "{{ item.stock }}")}{% endif %}</mj-text>`
    : "";
  const button = block.button
    ? `<mj-button href="{{ item.url }}" align="left" font-size="14px" inner-padding="8px 16px">${escapeAround(block.button)}</mj-button>`
    : "";
  const row = `<mj-section${background}><mj-column width="40%"><mj-image src="{{ item.image_url }}" alt="{{ item.title }}" href="{{ item.url }}" width="180px" /></mj-column><mj-column width="60%" vertical-align="middle"><mj-text font-weight="700"><a href="{{ item.url }}" style="color:inherit;text-decoration:none">{{ item.title }}</a></mj-text>${price}${stock}${button}</mj-column></mj-section>`;
  if (block.source !== "chosen") {
    return `<mj-raw>{% for item in ${LOOPS[block.source]} limit: ${block.limit} %}</mj-raw>\n${row}\n<mj-raw>{% endfor %}</mj-raw>`;
  }
  return block.product_ids
    .map(
      (id) =>
        `<mj-raw>{% assign item = products["${id}"] %}{% if item %}</mj-raw>\n${row}\n<mj-raw>{% endif %}</mj-raw>`,
    )
    .join("\n");
}

function footer(language: string): string {
  const words = blockWordsFor(language);
  return `<mj-section background-color="{{ brand.colors.background }}" padding="16px 0"><mj-column><mj-text align="center" font-size="12px" line-height="18px" color="{{ brand.colors.muted }}">{% for line in brand.footer_lines %}{{ line }}<br />{% endfor %}{% if unsubscribe_url %}<a href="{{ unsubscribe_url }}" style="color:{{ brand.colors.muted }}">${words.unsubscribe}</a>{% endif %}</mj-text></mj-column></mj-section>`;
}

function colorOf(color: BlockColor): string {
  return color.startsWith("#") ? color : `{{ brand.colors.${color} }}`;
}

/** `{{ x }}` as the expression `x`, anything else as a text. */
function liquidValue(given: string): string {
  const expression = /^\s*\{\{-?\s*([^{}|]+?)\s*-?\}\}\s*$/.exec(given)?.[1];
  return expression ?? `"${given.replaceAll('"', "")}"`;
}

/** Paragraphs as mail programs need them: with their own distance. */
function spaced(html: string): string {
  return html
    .replaceAll("<p>", '<p style="margin:0 0 12px">')
    .replaceAll("<ul>", '<ul style="margin:0 0 12px;padding-left:24px">')
    .replaceAll("<ol>", '<ol style="margin:0 0 12px;padding-left:24px">');
}

/** A line of text as HTML; the Liquid in it stays as it is. */
function escapeAround(text: string): string {
  return splitLiquid(text)
    .map((part, index) => (index % 2 === 1 ? part : escapeHtml(part)))
    .join("");
}

/** Text for an attribute: MJML reads XML, so quotes inside Liquid become single ones. */
function attribute(text: string): string {
  return splitLiquid(text)
    .map((part, index) => (index % 2 === 1 ? part.replaceAll('"', "'") : escapeHtml(part)))
    .join("");
}
